import type { PhoneNumber } from 'libphonenumber-js/core'
import { parsePhone, plainPhone } from './numbering-plans.js'

/** What a text says: one valid number, several numbers, or none that a numbering plan has. */
export type PhoneReading = PhoneNumber | 'SEVERAL' | undefined

/**
 * Reads the one number of a text, with its extension. `country` is the ISO code of numbers that name none. A text with digits that would be
 * left out, or with another reading, is none: what looks valid and is not is never called in question again.
 */
export const readPhone = (written: string, country: string | undefined): PhoneReading => {
  const text = plainPhone(written)
  const parts = text.split(separators).filter((part) => digitsIn(part) >= 5)
  if (shortForm.test(text) || areNumbers(parts, country)) return 'SEVERAL'
  const number = parsePhone(text, country)
  // Open numbering plans let two local numbers pass as one.
  if (number?.isValid() && (parts.length < 2 || number.nationalNumber.length <= 12)) {
    return isAllOf(text, number) && !hasOtherReading(text, number, country) ? number : undefined
  }
  if (parts.length > 1 || isRow(text, country)) return 'SEVERAL'
  return withBareExtension(text, country)
}

const digitsOf = (text: string) => text.replace(/\D/g, '')
const digitsIn = (text: string) => digitsOf(text).length

// In alphabets that write blanks between words: 手机13800138000 is a number with its label.
const letter = '[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}]'
/** A letter behind a digit, or one or two before it: a digit that was mistyped, or an extension without its digits. */
const touching = new RegExp(`\\d${letter}|(?<!${letter})(?!x\\d)${letter}{1,2}\\d`, 'iu')

/** Whether a text that a number was found in has no digits beside it. Its first ones may be a prefix or a country's, or change abroad. */
const isAllOf = (text: string, { nationalNumber, ext = '' }: PhoneNumber) =>
  !touching.test(text) && digitsOf(text).endsWith(nationalNumber.slice(-4) + ext)

/** A number of the line or house before one that begins with the 0 of a town: `Tel. 2 030 901820`. */
const counter = /^[^+\d]*[1-9]\d?[^+\d]+(?=0)/

/**
 * Whether the digits are also another number: with the code of its country, 49711123456 may lack its plus, or the 0 of a German town;
 * without a counter before it.
 */
const hasOtherReading = (
  text: string,
  { countryCallingCode, number, ext }: PhoneNumber,
  country: string | undefined,
) => {
  const [called = ''] = text.split(';ext=')
  const alone = counter.test(called) ? parsePhone(called.replace(counter, ''), country) : undefined
  if (alone?.isValid() && alone.number !== number) return true
  const digits = digitsOf(called)
  if (ext || called.includes('+') || !digits.startsWith(countryCallingCode)) return false
  const other = parsePhone(`+${digits}`)
  return other?.isValid() === true && other.number !== number
}

/** What people put between two numbers. A plus begins one, wherever it stands. */
const separators = /[;,/|&、]|(?<=\d)\s*(?=\+)|\s(?:or|and|oder|und|ou|et|o|y|e|или|и)\s|或者?|和/iu

/** 901820/21: two numbers that differ in their last digits. */
const shortForm = /\d[\d\s-]{4,}\s*[/~]\s*\d{1,3}$/

const areNumbers = (parts: readonly string[], country: string | undefined) =>
  parts.length > 1 && parts.filter((part) => parsePhone(part, country, { extract: false })?.isValid()).length > 1

/** Whether a text is a number, a blank and a number. */
const isRow = (text: string, country: string | undefined) =>
  digitsIn(text) >= 10 &&
  [...text.matchAll(/\s+/g)].some(({ index }) => areNumbers([text.slice(0, index), text.slice(index)], country))

/** 010-65529988-8001: too long for a number, but one with what follows the last dash as its extension. */
const withBareExtension = (text: string, country: string | undefined) => {
  const [, number, extension] = /^(.*\d)\s*-\s*(\d{1,6})$/.exec(text) ?? []
  const found = number ? parsePhone(`${number};ext=${extension}`, country) : undefined
  return found?.isValid() ? found : undefined
}
