import type { ContactPoint } from '../contact-points/contact-point.js'
import { dialledDigits, plainPhone } from '../contact-points/numbering-plans.js'

/** What a number is found by: its digits as called from abroad and within its country, each with the extension, and as written. */
export const digitsFound = ({ normalized, value }: Pick<ContactPoint, 'normalized' | 'value'>): string[] => {
  const [number = '', extension] = normalized?.split(';ext=') ?? []
  const dialled = number ? dialledDigits(number).map((digits) => (extension ? `${digits};${extension}` : digits)) : []
  const written = plainPhone(value).replace(/\D/g, '')
  return dialled.some((digits) => digits.includes(written)) ? dialled : [...dialled, written]
}

/** A dash, comma or semicolon and what may be an extension behind it. */
const bareExtension = /^(.*\d)\s*([-,;])\s*(\d{1,6})$/

/** At most as many strings of digits as `search_customers` takes. */
const most = 4

/**
 * Digits that a text may mean as a part of a telephone number, `;12` behind them for an extension: as they stand, and where a country's
 * code is meant, without what is dialled before it and without a trunk prefix in brackets: four at most, none for other texts.
 */
export const digitsWanted = (text: string): string[] => {
  const plain = plainPhone(text)
  const [number = '', extension] = plain.split(';ext=')
  const [, before = '', mark, behind] = (!extension && bareExtension.exec(plain)) || []
  const extended = behind ? readings(before, behind).slice(-1) : []
  const whole = mark === ',' || mark === ';' ? [] : readings(number, extension)
  return [...new Set([...extended, ...whole.slice(extended.length - most)])]
}

const readings = (number: string, extension: string | undefined): string[] => {
  if (!/^[\d\s()+./\-\u2010-\u2015]+$/u.test(number)) return []
  const withoutTrunk = number.replace(/^([\s(]*(?:\+|00)[\d\s()-]+)\(0\)/, '$1')
  const digits = [number, withoutTrunk].map((each) => each.replace(/\D/g, ''))
  const abroad = digits.map((each) => each.replace(/^(?:00|0011|011)(?=[1-9]\d{2})/, ''))
  return [...new Set([...digits, ...abroad])]
    .filter((each) => each.length >= 3)
    .map((each) => (extension ? `${each};${extension}` : each))
}
