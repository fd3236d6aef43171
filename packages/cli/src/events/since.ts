import { UsageError } from '../command.js'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A span back from now, or a time. Throws UsageError. */
export const sinceOf = (text: string, now = Date.now()): Date => {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const date = amount ? new Date(now - Number(amount) * units[unit as keyof typeof units]) : new Date(text)
  if (Number.isNaN(date.getTime())) throw new UsageError(`--since: "${text}" is neither a span such as 10m nor a time.`)
  return date
}
