import Hashing
import ReportPage

/// Backtest reports: one HTML file with everything in it.
public enum Report {
  /// Writes a report as UTF-8, piece by piece in order.
  ///
  /// The page asks for nothing from outside, and its security policy forbids it; only the style and the script that
  /// belong to it run. The same content gives the same bytes. What `sink` throws ends the writing and is thrown on.
  public static func render<Failure: Error>(
    _ content: ReportContent, into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let data = ChartData(content)
    var page = PageText()
    writeHead(content, into: &page)
    FigureSection(content: content).write(into: &page)
    NoteSection(content: content).writeNotes(into: &page)
    ChartSection(content: content, data: data).write(into: &page)
    ReturnSection(content).write(into: &page)
    TradeSection(content: content).writeTotals(into: &page)
    TradeSection(content: content).writeList(into: &page)
    NoteSection(content: content).writeBasis(into: &page)
    page.raw("</main>\n<script type=\"application/json\" id=\"data\">")
    data.writeAccount(into: &page)
    page.raw(",\"prices\":[")
    for (index, (symbol, price)) in data.prices.enumerated() {
      if index > 0 { page.raw(",") }
      try page.leave(through: sink)
      data.writePrice(of: symbol, price, into: &page)
    }
    page.raw("]")
    try page.leave(through: sink)
    data.writeTrades(into: &page)
    page.raw("</script>\n<script>")
    page.raw(Asset.script)
    page.raw("</script>\n</body></html>\n")
    try page.leave(through: sink)
  }

  private static func writeHead(_ content: ReportContent, into page: inout PageText) {
    page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src '")
    page.source(hashOf: Asset.style)
    page.raw("'; script-src '")
    page.source(hashOf: Asset.script)
    page.raw("'; base-uri 'none'; form-action 'none'\">\n")
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    page.raw("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\">")
    page.raw("<link rel=\"icon\" href=\"data:,\"><title>")
    page.text("\(content.title) · Backtest")
    page.raw("</title>\n<style>")
    page.raw(Asset.style)
    page.raw("</style></head>\n<body><main>\n")
  }
}

/// The parts of the page that are the same in every report.
private enum Asset {
  static var style: UnsafeBufferPointer<UInt8> { bytes(report_page_style) }
  static var script: UnsafeBufferPointer<UInt8> { bytes(report_page_script) }

  private static func bytes(_ asset: (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8>
  {
    var length = 0
    let start = asset(&length)
    return UnsafeBufferPointer(start: start, count: length)
  }
}

extension PageText {
  /// Hands the bytes over and forgets them.
  fileprivate mutating func leave<Failure: Error>(
    through sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let handed = bytes.span.withUnsafeBytes { buffer -> Result<Void, Failure> in
      do throws(Failure) {
        try sink(buffer)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try handed.get()
    removeAll()
  }

  /// Writes the source expression of the security policy that allows these very bytes.
  fileprivate mutating func source(hashOf content: UnsafeBufferPointer<UInt8>) {
    var hash = SHA256()
    hash.update(UnsafeRawBufferPointer(content))
    raw("sha256-")
    base64(hash.finalize().bytes)
  }

  private mutating func base64(_ bytes: [UInt8]) {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        text.unicodeScalars.append(place <= group.count ? digits[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : "=")
      }
    }
    ascii(text)
  }
}
