import { language } from '@clientele/contracts'

/** A tag of a language by BCP 47 in its canonical form, `zh-Hans-CN`; undefined for what is none. */
export const canonicalTag = (text: string): string | undefined => {
  try {
    const [tag] = Intl.getCanonicalLocales(text)
    return language.safeParse(tag).success ? tag : undefined
  } catch {
    return undefined
  }
}
