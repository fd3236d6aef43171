import { asciiDigits } from '@clientele/contracts'
import {
  type CountryCode,
  getCountries,
  Metadata,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/metadata.max.json'

/** ISO codes of the countries that have a numbering plan, and AC, TA, XK. */
export const countriesWithPhones = (): readonly string[] => getCountries(metadata)

/** A number read by its country's numbering plan; undefined where it cannot be read. `country` is an ISO code. */
export const parsePhone = (text: string, country?: string, { extract = true } = {}): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, { ...(country && { defaultCountry: country as CountryCode }), extract }, metadata)

/** What stands in front of a number of the country when it is called from within; undefined where nothing does. */
const trunkPrefix = (country: CountryCode): string | undefined => {
  const plans = new Metadata(metadata)
  plans.selectNumberingPlan(country)
  // The library's types leave this one out.
  const { nationalPrefix } = plans.numberingPlan as unknown as { nationalPrefix(): string | 0 }
  return nationalPrefix.call(plans.numberingPlan) || undefined
}

/** The digits by which a number is called: from abroad, and from within its country as it is written there and with the trunk prefix. */
export const dialledDigits = (e164: string): string[] => {
  const number = parsePhone(e164)
  const abroad = e164.replace(/\D/g, '')
  if (!number?.country) return [abroad]
  const prefix = trunkPrefix(number.country)
  const within = [number.formatNational().replace(/\D/g, ''), ...(prefix ? [prefix + number.nationalNumber] : [])]
  return [...new Set([abroad, ...within.filter((digits) => !abroad.endsWith(digits))])]
}

// As labels that the library does not know write it; `x`, `#`, `ext.` and a comma it knows.
const extension =
  /[\s,;(]*(?:ext(?:ension|n)?|xtn|x|#|int(?:erno)?|poste|anexo|доб|durchwahl|dw|nst|nebenstelle|toestel|转|轉|分机|分機|内线|內線|내선)[\s.:=]*(\d{1,8})[\s#)]*$/iu

/** A text of a number with plain digits, without `tel:` in front, and with its extension as RFC 3966 writes it. */
export const plainPhone = (written: string): string =>
  asciiDigits(written.normalize('NFKC'))
    .replace(/^\s*tel:\s*/i, '')
    .replace(extension, ';ext=$1')
    .trim()
