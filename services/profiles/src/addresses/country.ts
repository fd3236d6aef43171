import { countries } from '@clientele/contracts'

const languages = ['en', 'zh-Hans', 'zh-Hant', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'ru', 'ja', 'ko', 'ar']

// What addresses call countries beside the names that the Unicode data knows.
const colloquial: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  'united states of america': 'US',
  eire: 'IE',
  holland: 'NL',
  rsa: 'ZA',
  uae: 'AE',
  turkey: 'TR',
  'ivory coast': 'CI',
  macedonia: 'MK',
  'cape verde': 'CV',
  swaziland: 'SZ',
  'czech republic': 'CZ',
  'south korea': 'KR',
  'russian federation': 'RU',
  prc: 'CN',
  'hong kong': 'HK',
  macau: 'MO',
  中国大陆: 'CN',
  香港: 'HK',
  澳门: 'MO',
  台湾: 'TW',
}

const plain = (name: string) => name.normalize('NFKC').replaceAll('.', '').replace(/\s+/g, ' ').trim().toLowerCase()

let byName: Map<string, string> | undefined

const names = () => {
  const known = new Map<string, string>()
  for (const language of languages) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of countries) {
      const name = display.of(code)
      if (name && !known.has(plain(name))) known.set(plain(name), code)
    }
  }
  for (const [name, code] of Object.entries(colloquial)) known.set(name, code)
  return known
}

/** The ISO 3166-1 alpha-2 code of a country written as code or as name in one of the larger languages, or undefined. */
export const countryCode = (written: string | null | undefined): string | undefined => {
  if (!written) return undefined
  const upper = written.trim().toUpperCase()
  if (countries.has(upper)) return upper
  byName ??= names()
  return byName.get(plain(written))
}
