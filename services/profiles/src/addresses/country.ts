import { countries } from '@clientele/contracts'
import { nearest, type ValidationIssues } from '@clientele/kit'

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
  'the netherlands': 'NL',
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

const mostMeant = 64

/** The code of the country whose name is written most alike, or undefined: for whoever mistyped one. */
const countryMeant = (written: string): string | undefined => {
  if (written.length < 4 || written.length > mostMeant) return undefined
  byName ??= names()
  const name = nearest(plain(written), byName.keys(), Math.floor(written.length / 4))
  return name && byName.get(name)
}

/** Says that a country as written is none: what would be right and, at the API, which one may have been meant. */
export const doubtCountry = (issues: ValidationIssues, path: string, written: string) => {
  // Rows of an import are many, and the search looks at all names.
  const meant = issues.lenient ? undefined : countryMeant(written)
  const likely = meant ? `; did you mean ${meant}?` : ''
  issues.doubt(path, 'country.unknown', `a code of ISO 3166-1, such as DE, or the name of a country${likely}`, {
    meant: meant ?? null,
  })
}
