import { from, line, list, number, type TextLimit, text } from './limit.js'

const key: TextLimit = { form: 'key', most: 64 }
const code: TextLimit = { form: 'code', most: 64 }
const subject: TextLimit = { form: 'subject', most: 255 }
const taskRequestKey: TextLimit = { form: 'code', most: 200 }

/** What somebody tells: real complaints have 32,000 characters. Even of four bytes each they fit in a request. */
export const story = text(50_000)

/** Of what several concepts have. */
export const values = {
  key,
  code,
  subject,
  /**
   * When something took place. No customer of today did anything before, and what is earlier was mistyped (year 33) or says that nothing is
   * known: spreadsheets have 1899-12-30 for an empty cell, databases and languages 0001-01-01 or 1753-01-01.
   */
  eventTime: from('1900-01-01'),
  url: line(2048),
  externalId: line(200),
  fileName: line(200),
  /** Of one file: 25 MiB. */
  fileBytes: number(1, 26_214_400),
  /** What any service knows a task by that it asks for. */
  taskRequestKey,
  /** Currencies of ISO 4217, with room for new ones: sums are told by currency. */
  currencies: list(0, 200),
} as const
