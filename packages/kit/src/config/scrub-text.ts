const MAX_TEXT = 8_192

/** Masks tokens, passwords in URLs, e-mail addresses and international phone numbers inside a text; shortens what is very long. */
export function scrubText(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
  return short
    .replace(/\beyJ[\w-]*\.[\w-]*\.?[\w-]*/g, '[token]')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]')
    .replace(/:\/\/[^\s/@]{1,512}@/g, '://[redacted]@')
    .replace(/[^\s@"'<>(),;:=/]{1,64}@[^\s@"'<>(),;:=/]{1,255}\.[\p{L}\d-]{2,63}/gu, '[email]')
    .replace(/(?<![\w:.])\+\d(?:[ ()-]{0,2}\d){6,14}\b/g, '[phone]')
}
