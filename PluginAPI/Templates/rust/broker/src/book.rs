//! What the venue remembers, and its rules. Nothing here knows the host's tables, so it can be tested alone.
//!
//! Everything that happens to an order is a happening; cash and positions follow from the fills among them. A happening
//! names its cause, so that a quote or bar offered again finds what it caused before.
use crate::wharf::*;

pub const BY_HOST: usize = 0;
pub const BY_QUOTE: usize = 1;
pub const BY_BAR: usize = 2;

#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub id: String,
    pub oco_group: String,
    pub instrument: usize,
    pub side: i32,
    pub kind: i32,
    pub time_in_force: i32,
    pub created_at: i64,
    pub quantity: i64,
    pub limit_price: i64,
    pub stop_price: i64,
    pub is_working: bool,
    pub happenings: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    pub order: usize,
    pub ordinal: u32,
    pub kind: i32,
    pub cause: usize,
    pub time: i64,
    pub quantity: i64,
    pub price: i64,
    pub fee: i64,
    pub stop_price: i64,
    pub reason: String,
}

/// What the market shows: a quote, or the range of a bar.
#[derive(Clone, Copy, Debug)]
pub enum Market {
    Quote { time: i64, bid: i64, ask: i64, is_first: bool },
    Bar { time: i64, low: i64, high: i64, is_last: bool },
}

impl Market {
    pub fn time(&self) -> i64 {
        match self {
            Market::Quote { time, .. } | Market::Bar { time, .. } => *time,
        }
    }

    pub fn cause(&self) -> usize {
        match self {
            Market::Quote { .. } => BY_QUOTE,
            Market::Bar { .. } => BY_BAR,
        }
    }
}

/// What is held of an instrument, and what was paid for it.
#[derive(Default)]
pub struct Held {
    pub symbol: String,
    pub is_foreign: bool,
    pub position: i64,
    pub cost: i64,
    /// The last instant of each cause.
    pub seen: [Option<i64>; 3],
    pub market: Option<Market>,
}

/// An amount does not fit into 64 bits: the instance is stopped.
#[derive(Debug)]
pub struct TooLarge;

#[derive(Default)]
pub struct Book {
    pub cash: i64,
    pub fee_rate: i64,
    pub orders: Vec<Order>,
    pub happenings: Vec<Happening>,
    pub held: Vec<Held>,
}

/// Price times quantity in billionths, rounded up or down; `None` when it does not fit.
pub fn value(price: i64, quantity: i64, up: bool) -> Option<i64> {
    let exact = i128::from(price) * i128::from(quantity) + if up { 999_999_999 } else { 0 };
    i64::try_from(exact / 1_000_000_000).ok()
}

impl Order {
    /// Whether a market that trades from low to high reaches the order; a market order is always reached.
    fn is_touched(&self, low: i64, high: i64) -> bool {
        match (self.kind, self.side == SIDE_BUY) {
            (ORDER_LIMIT, true) => low <= self.limit_price,
            (ORDER_LIMIT, false) => high >= self.limit_price,
            (ORDER_STOP, true) => high >= self.stop_price,
            (ORDER_STOP, false) => low <= self.stop_price,
            _ => true,
        }
    }
}

impl Book {
    pub fn find(&self, id: &str) -> Option<usize> {
        self.orders.iter().position(|order| order.id == id)
    }

    /// Notes what happened; everything but an acceptance, a change and a trigger ends the order.
    pub fn note(&mut self, kind: i32, place: usize, cause: usize, time: i64, price: i64, fee: i64, reason: &str) {
        let order = &mut self.orders[place];
        order.happenings += 1;
        order.is_working &= [REPORT_ACCEPTED, REPORT_REPLACED, REPORT_TRIGGERED].contains(&kind);
        self.happenings.push(Happening {
            order: place,
            ordinal: order.happenings,
            kind,
            cause,
            time,
            quantity: order.quantity,
            price,
            fee,
            stop_price: order.stop_price,
            reason: reason.to_string(),
        });
    }

    /// Books a fill.
    pub fn settle(&mut self, fill: &Happening) -> Result<(), TooLarge> {
        let order = &self.orders[fill.order];
        let held = &mut self.held[order.instrument];
        let buys = order.side == SIDE_BUY;
        let value = value(fill.price, fill.quantity, buys).ok_or(TooLarge)?;
        if buys {
            let total = value.checked_add(fill.fee).ok_or(TooLarge)?;
            self.cash = self.cash.checked_sub(total).ok_or(TooLarge)?;
            held.position = held.position.checked_add(fill.quantity).ok_or(TooLarge)?;
            held.cost = held.cost.checked_add(value).ok_or(TooLarge)?;
        } else {
            let rest = held.position.checked_sub(fill.quantity).ok_or(TooLarge)?;
            let share = i128::from(held.cost) * i128::from(rest) / i128::from(held.position.max(1));
            self.cash = self.cash.checked_add(value).and_then(|cash| cash.checked_sub(fill.fee)).ok_or(TooLarge)?;
            held.cost = i64::try_from(share).map_err(|_| TooLarge)?;
            held.position = rest;
        }
        Ok(())
    }

    /// Works on the orders of an instrument: stops first, so that a bar through both legs of a pair fills the stop. What is
    /// for the day only, and was there before, ends with the session's last bar.
    pub fn work(&mut self, instrument: usize, market: Market) -> Result<(), TooLarge> {
        for stops_are_due in [true, false] {
            for place in 0..self.orders.len() {
                let order = &self.orders[place];
                if order.is_working && order.instrument == instrument && (order.kind == ORDER_STOP) == stops_are_due {
                    self.try_to_fill(place, market, market.cause())?;
                }
            }
        }
        if let Market::Bar { time, is_last: true, .. } = market {
            for place in 0..self.orders.len() {
                let order = &self.orders[place];
                let ends = order.time_in_force != TIF_GTC && order.created_at < time;
                if order.is_working && order.instrument == instrument && ends {
                    self.note(REPORT_EXPIRED, place, BY_BAR, time, 0, 0, "day_is_over");
                }
            }
        }
        self.held[instrument].seen[market.cause()] = Some(market.time());
        self.held[instrument].market = Some(market);
        Ok(())
    }

    /// Fills one working order if the market allows it. A bar works only on orders from before its end.
    pub fn try_to_fill(&mut self, place: usize, market: Market, cause: usize) -> Result<(), TooLarge> {
        let order = &self.orders[place];
        let price = match market {
            Market::Quote { time, bid, ask, is_first } => {
                let quote = if order.side == SIDE_BUY { ask } else { bid };
                let is_due = order.created_at <= time && (is_first || order.time_in_force != TIF_OPG);
                // a quote beyond the limit is the better price, one beyond the stop the worse: a gap
                (is_due && order.is_touched(quote, quote)).then(|| quote)
            }
            Market::Bar { time, low, high, .. } => {
                let is_due = order.created_at < time && order.time_in_force != TIF_OPG && order.kind != ORDER_MARKET;
                (is_due && order.is_touched(low, high)).then(|| order.limit_price.max(order.stop_price))
            }
        };
        match price {
            Some(price) => self.fill(place, price, market.time(), cause),
            None => Ok(()),
        }
    }

    /// Fills an order whole at a price, or cancels it where the account does not allow that.
    fn fill(&mut self, place: usize, price: i64, time: i64, cause: usize) -> Result<(), TooLarge> {
        let order = self.orders[place].clone();
        let buys = order.side == SIDE_BUY;
        let worth = value(price, order.quantity, buys);
        let fee = worth.and_then(|worth| value(worth, self.fee_rate, true));
        let total = worth.and_then(|worth| worth.checked_add(fee?));
        let is_short_of_cash = match total {
            Some(total) => buys && total > self.cash,
            None => true,
        };
        let refusal = if is_short_of_cash {
            "not_enough_cash"
        } else if !buys && order.quantity > self.held[order.instrument].position {
            "more_than_held"
        } else {
            ""
        };
        if !refusal.is_empty() {
            self.note(REPORT_CANCELLED, place, cause, time, 0, 0, refusal);
            return Ok(());
        }
        if order.kind == ORDER_STOP {
            self.note(REPORT_TRIGGERED, place, cause, time, 0, 0, "");
        }
        self.note(REPORT_FILL, place, cause, time, price, fee.unwrap_or(0), "");
        let fill = self.happenings[self.happenings.len() - 1].clone();
        self.settle(&fill)?;
        for other in 0..self.orders.len() {
            let leg = &mut self.orders[other];
            if !leg.is_working || order.oco_group.is_empty() || leg.oco_group != order.oco_group {
                continue;
            }
            // what one fills, the others of its group shrink by
            if leg.quantity > order.quantity {
                leg.quantity -= order.quantity;
                self.note(REPORT_REPLACED, other, cause, time, 0, 0, "oco");
            } else {
                self.note(REPORT_CANCELLED, other, cause, time, 0, 0, "oco");
            }
        }
        Ok(())
    }

    /// Cash that working limit and stop orders to buy do not need.
    pub fn buying_power(&self) -> i64 {
        let mut rest = self.cash;
        for order in self.orders.iter().filter(|order| order.is_working && order.side == SIDE_BUY) {
            let worth = value(order.limit_price.max(order.stop_price), order.quantity, true).unwrap_or(i64::MAX);
            rest = if worth > rest { 0 } else { rest - worth };
        }
        rest
    }
}
