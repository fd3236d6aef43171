import { type AgeBand, ageBand } from '@clientele/contracts'
import { registerEnumType } from 'type-graphql'

export const AgeBandName = ageBand.enum
registerEnumType(AgeBandName, {
  name: 'AgeBand',
  description: 'Age of a person in full years on the first day of the month.',
  valuesConfig: {
    UNDER_18: { description: '0 to 17.' },
    FROM_18_TO_24: { description: '18 to 24.' },
    FROM_25_TO_34: { description: '25 to 34.' },
    FROM_35_TO_44: { description: '35 to 44.' },
    FROM_45_TO_54: { description: '45 to 54.' },
    FROM_55_TO_64: { description: '55 to 64.' },
    FROM_65: { description: '65 and more.' },
  },
})

/** The first day of the month that a day is in; days are YYYY-MM-DD. */
export const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`

/**
 * The band of a person's age on the first day of the month that `today` is in. Bands that changed on birthdays would tell them to everybody
 * who watches.
 */
export const ageBandOf = (birthDate: string, today: string): AgeBand => {
  const first = firstOfMonth(today)
  const isBeforeBirthday = first.slice(5) < birthDate.slice(5)
  const years = Number(first.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (isBeforeBirthday ? 1 : 0)
  return bands.findLast(([, from]) => years >= from)?.[0] ?? 'UNDER_18'
}

const bands = ageBand.options.map((band) => [band, Number(/^FROM_(\d+)/.exec(band)?.[1] ?? 0)] as const)
