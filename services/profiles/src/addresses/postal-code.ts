/** Where countries write a blank or a hyphen in their postal codes: how one is told from its letters and digits alone, and how it is written. */
const writings: Readonly<Record<string, readonly [RegExp, string]>> = {
  BR: [/^(\d{5})(\d{3})$/, '$1-$2'],
  CA: [/^([A-Z]\d[A-Z])(\d[A-Z]\d)$/i, '$1 $2'],
  CZ: [/^(\d{3})(\d{2})$/, '$1 $2'],
  GB: [/^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/i, '$1 $2'],
  GR: [/^(\d{3})(\d{2})$/, '$1 $2'],
  IE: [/^([A-Z]\d[\dW])([A-Z\d]{4})$/i, '$1 $2'],
  JP: [/^(\d{3})(\d{4})$/, '$1-$2'],
  NL: [/^(\d{4})([A-Z]{2})$/i, '$1 $2'],
  PL: [/^(\d{2})(\d{3})$/, '$1-$2'],
  PT: [/^(\d{4})(\d{3})$/, '$1-$2'],
  SE: [/^(\d{3})(\d{2})$/, '$1 $2'],
  SK: [/^(\d{3})(\d{2})$/, '$1 $2'],
}

/** A postal code with blank or hyphen where its country writes them (`30170011` in Brazil: `30170-011`); as it is where it looks otherwise. */
export const writtenPostalCode = (code: string, country: string | null | undefined): string => {
  const [bare, written] = writings[country ?? ''] ?? []
  const plain = code.replaceAll(/[\s-]/g, '')
  return bare?.test(plain) ? plain.replace(bare, written ?? '') : code
}
