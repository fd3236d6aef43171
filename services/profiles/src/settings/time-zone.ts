import { timeZoneName } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import { checkText, type ValidationIssues } from '@clientele/kit'

/** A name of a time zone as it is stored, with its issues. */
export const checkTimeZone = (issues: ValidationIssues, given: string | null | undefined) => {
  const found = issues.found.length
  const text = checkText(issues, 'timeZone', given, limits.timeZone)
  if (text == null || issues.found.length > found) return text
  const name = timeZoneName(text)
  issues.must(name !== undefined, 'timeZone', 'time_zone.unknown', 'a time zone by IANA, such as Asia/Shanghai')
  return name
}

/** Where most people of a country live whose time zones the runtime lists in another order. */
const mainZones: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  GL: 'America/Nuuk',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  PG: 'Pacific/Port_Moresby',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
}

/** The compiler's library does not know this part of the standard yet (ECMA-402, Intl Locale Info). */
interface LocaleInfo extends Intl.Locale {
  getTimeZones(): string[] | undefined
}

/** The time zone of a country, of several the one where most people live; UTC where there is none. */
export const timeZoneOf = (country: string): string =>
  mainZones[country] ?? (new Intl.Locale('und', { region: country }) as LocaleInfo).getTimeZones()?.[0] ?? 'UTC'
