import type { PhoneNumber } from 'libphonenumber-js/core'
import { parsePhone, plainPhone } from './numbering-plans.js'

/** What a text says: one valid number, several numbers, or none that a numbering plan has. */
export type PhoneReading = PhoneNumber | 'SEVERAL' | undefined

/** Reads the one number of a text, with its extension. `country` is the ISO code of numbers that name none. */
export const readPhone = (written: string, country: string | undefined): PhoneReading => {
  const text = plainPhone(written)
  const parts = text.split(separators).filter((part) => digitsIn(part) >= 5)
  if (shortForm.test(text) || areNumbers(parts, country)) return 'SEVERAL'
  const number = parsePhone(text, country)
  // Open numbering plans let two local numbers pass as one.
  if (number?.isValid() && (parts.length < 2 || number.nationalNumber.length <= 12)) return number
  if (parts.length > 1 || isRow(text, country)) return 'SEVERAL'
  return withBareExtension(text, country)
}

const digitsIn = (text: string) => text.replace(/\D/g, '').length

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
