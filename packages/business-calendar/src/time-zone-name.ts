import { Temporal } from 'temporal-polyfill'

/**
 * A time zone's name by IANA, spelt as there: `europe/berlin` is `Europe/Berlin`. Undefined for what is none; an offset such as +08:00 is
 * none, since its rules could never change with the law.
 */
export const timeZoneName = (text: string): string | undefined => {
  if (!/^[A-Za-z]/.test(text)) return undefined
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    // The zone of a whole moment is read as well.
    return timeZoneId.toLowerCase() === text.toLowerCase() ? timeZoneId : undefined
  } catch {
    return undefined
  }
}
