import { type CountryCode, getCountries, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/metadata.max.json'

/** A number read by its country's numbering plan; undefined where it cannot be read. `country` is an ISO code. */
export const readPhone = (written: string, country: string | undefined): PhoneNumber | undefined =>
  parsePhoneNumberFromString(written, country ? { defaultCountry: country as CountryCode } : {}, metadata)

/** ISO codes of the countries that have a numbering plan, and AC, TA, XK. */
export const countriesWithPhones = (): readonly string[] => getCountries(metadata)
