/**
 * Scripts by their codes of ISO 15924, beside the Latin one, and which characters tell of them. Hangul and kana come first: Chinese characters may
 * stand among them.
 */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['Kore', /\p{sc=Hang}/u],
  ['Jpan', /[\p{sc=Hira}\p{sc=Kana}]/u],
  ['Hani', /\p{sc=Hani}/u],
  ...'Cyrl Grek Arab Hebr Thai Deva Beng Taml Telu Sinh Geor Armn Khmr Laoo Mymr Ethi'
    .split(' ')
    .map((script) => [script, new RegExp(`\\p{sc=${script}}`, 'u')] as const),
]
const eastAsian = ['Kore', 'Jpan', 'Hani']
const withChineseCharacters = ['Hans', 'Hant', 'Jpan', 'Kore']

/** The script of a text, by the first of the known ones that it has a character of; undefined where all of it may be Latin. */
export const scriptOf = (text: string): string | undefined =>
  scripts.find(([, characters]) => characters.test(text))?.[0]

export const isEastAsian = (script: string | undefined): boolean => script !== undefined && eastAsian.includes(script)

/** The country in which most texts in a script are written: CN for `Hani`. */
export const countryOfScript = (script: string) => new Intl.Locale(`und-${script}`).maximize().region

const languageFor = (country: string, script: string | undefined): string => {
  if (!script) return 'en'
  const own = new Intl.Locale(`und-${country}`).maximize()
  const isOwn = own.script === script || (script === 'Hani' && withChineseCharacters.includes(own.script ?? ''))
  return isOwn ? `${own.language}-${own.script}` : new Intl.Locale(`und-${script}`).maximize().language
}

const displays = new Map<string, Intl.DisplayNames>()
const known = new Map<string, string>()

/**
 * What a country is called beside a text in this script: in the country's own language where that is written in it (`Россия`), else in the language
 * that mostly is (`德国`), and in English beside Latin letters.
 */
export const countryNameIn = (script: string | undefined, country: string): string => {
  const key = `${script} ${country}`
  const before = known.get(key)
  if (before !== undefined) return before
  const language = languageFor(country, script)
  const display = displays.get(language) ?? new Intl.DisplayNames(language, { type: 'region' })
  displays.set(language, display)
  const name = display.of(country) ?? country
  known.set(key, name)
  return name
}
