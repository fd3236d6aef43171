import { limits } from '@clientele/contracts'
import type { Address } from './address.js'
import { formatOf } from './address-formats.js'
import { countryNameIn, countryOfScript, isEastAsian, scriptOf } from './country-name.js'
import { writtenPostalCode } from './postal-code.js'

/** The parts of an address as they are stored; what is missing is not known. */
export type AddressParts = Partial<
  Pick<Address, 'lines' | 'city' | 'region' | 'postalCode' | 'country' | 'countryName'>
>

/** City, region, postal code and country may each have a line of their own. */
export const formattedLines = { most: limits.addressLines.most + 4 }

/**
 * An address line by line as it is written in its country: every part that is given once, with the country by its name, and nothing else but marks
 * between them. In Chinese, Japanese or Korean characters it goes from the country down to the house, where the country is one of those, or not known.
 */
export const formatAddress = ({ country, countryName, ...given }: AddressParts): string[] => {
  const lines = (given.lines ?? []).filter((line) => line !== '')
  const script = scriptOf([...lines, given.city, given.region].join(' '))
  const isTopDown = isEastAsian(script)
  const format = formatOf(country ?? (isTopDown ? countryOfScript(script!) : undefined), isTopDown)
  const parts: Parts = {
    A: lines,
    C: given.city ?? '',
    S: given.region ?? '',
    Z: writtenPostalCode(given.postalCode ?? '', country),
    R: country ? countryNameIn(script, country) : (countryName ?? ''),
  }
  const told = format.indexOf('R') < format.indexOf('A') ? withoutBeginnings(parts) : withoutEqual(parts, format)
  return format
    .split('|')
    .flatMap((line) => (line === 'A' ? lines : lineOf(placesIn(line), told)))
    .filter((line) => line !== '')
}

interface Parts {
  A: readonly string[]
  C: string
  S: string
  Z: string
  R: string
}

/** A region on a line of its own need not say once more what the city is called: Hamburg. */
const withoutEqual = (parts: Parts, format: string): Parts =>
  parts.S === parts.C && format.split('|').includes('S') ? { ...parts, S: '' } : parts

/** From the country down, a part with which another one begins is said by that: 上海 by 上海市, both by 上海市南京东路100号. */
const withoutBeginnings = (parts: Parts): Parts => {
  let { S, C } = parts
  const [first = ''] = parts.A
  if (first.startsWith(S + C) || first.startsWith(`${S} ${C}`)) return { ...parts, S: '', C: '' }
  if (S.startsWith(C)) C = ''
  if ((C || first).startsWith(S)) S = ''
  if (first.startsWith(C)) C = ''
  return { ...parts, S, C }
}

interface Place {
  /** What stands between it and what comes before it in the line. */
  between: string
  /** What always stands before it. */
  mark: string
  part: Exclude<keyof Parts, 'A'>
}

const known = new Map<string, readonly Place[]>()

const placesIn = (line: string): readonly Place[] => {
  const places =
    known.get(line) ??
    [...line.matchAll(/([^〒CSZR]*)(〒?)([CSZR])/g)].map(
      ([, between = '', mark = '', part]): Place => ({ between, mark, part: part as Place['part'] }),
    )
  known.set(line, places)
  return places
}

const lineOf = (places: readonly Place[], parts: Parts): string => {
  let line = ''
  let mark: string | undefined
  for (const place of places) {
    const value = parts[place.part]
    // Of the marks around a part that is missing the first one stays.
    mark ??= place.between
    if (!value) continue
    const marked = value.startsWith(place.mark) ? value : place.mark + value
    line += line ? between(line, mark, marked) + marked : marked
    mark = undefined
  }
  return line
}

const alphabetic = /[\p{sc=Latn}\d]/u

/** The mark between two parts: words that are told apart by blanks do not run into one another. */
const between = (before: string, mark: string, after: string) =>
  mark === '' && alphabetic.test(before.slice(-1)) && alphabetic.test(after.charAt(0)) ? ' ' : mark
