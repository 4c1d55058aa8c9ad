//! Orders and happenings as records of the state: lines of text with a sum behind them, so that damaged state is refused and
//! not guessed at.
use crate::book::*;

fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

fn sealed(fields: &[String]) -> Vec<u8> {
    let body = fields.join("\n");
    format!("{}\n{:x}", body, sum(body.as_bytes())).into_bytes()
}

fn fields(bytes: &[u8], count: usize) -> Option<Vec<&str>> {
    let (body, seal) = std::str::from_utf8(bytes).ok()?.rsplit_once('\n')?;
    let fields: Vec<&str> = body.split('\n').collect();
    (fields.len() == count && seal == format!("{:x}", sum(body.as_bytes()))).then(|| fields)
}

/// Keys that ascend with their numbers.
pub fn key(kind: char, number: usize) -> String {
    format!("{}/{:08x}", kind, number)
}

impl Order {
    pub fn record(&self, symbol: &str) -> Vec<u8> {
        let numbers = [
            i64::from(self.side),
            i64::from(self.kind),
            i64::from(self.time_in_force),
            self.created_at,
            self.quantity,
            self.limit_price,
            self.stop_price,
            i64::from(self.is_working),
            i64::from(self.happenings),
        ];
        let mut all = vec![self.id.clone(), self.oco_group.clone(), symbol.to_string()];
        all.extend(numbers.iter().map(|number| number.to_string()));
        sealed(&all)
    }

    pub fn read(bytes: &[u8], held: &[Held]) -> Option<Order> {
        let fields = fields(bytes, 12)?;
        Some(Order {
            id: fields[0].to_string(),
            oco_group: fields[1].to_string(),
            instrument: held.iter().position(|held| held.symbol == fields[2])?,
            side: fields[3].parse().ok()?,
            kind: fields[4].parse().ok()?,
            time_in_force: fields[5].parse().ok()?,
            created_at: fields[6].parse().ok()?,
            quantity: fields[7].parse().ok()?,
            limit_price: fields[8].parse().ok()?,
            stop_price: fields[9].parse().ok()?,
            is_working: fields[10] == "1",
            happenings: fields[11].parse().ok()?,
        })
    }
}

impl Happening {
    pub fn record(&self) -> Vec<u8> {
        let numbers = [
            self.order as i64,
            i64::from(self.ordinal),
            i64::from(self.kind),
            self.cause as i64,
            self.time,
            self.quantity,
            self.price,
            self.fee,
            self.stop_price,
        ];
        let mut all: Vec<String> = numbers.iter().map(|number| number.to_string()).collect();
        all.push(self.reason.clone());
        sealed(&all)
    }

    pub fn read(bytes: &[u8], order_count: usize) -> Option<Happening> {
        let fields = fields(bytes, 10)?;
        let (order, cause): (usize, usize) = (fields[0].parse().ok()?, fields[3].parse().ok()?);
        if order >= order_count || cause > BY_BAR {
            return None;
        }
        Some(Happening {
            order,
            ordinal: fields[1].parse().ok()?,
            kind: fields[2].parse().ok()?,
            cause,
            time: fields[4].parse().ok()?,
            quantity: fields[5].parse().ok()?,
            price: fields[6].parse().ok()?,
            fee: fields[7].parse().ok()?,
            stop_price: fields[8].parse().ok()?,
            reason: fields[9].to_string(),
        })
    }
}
