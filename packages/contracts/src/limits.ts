/**
 * What values may be: the one definition of each limit. Input checks, imports, jobs, descriptions in the schema and event contracts are made
 * from it; CHECKs of the databases are held against it by tests.
 */

/** How many characters a text has: Unicode code points, as PostgreSQL counts them. An emoji is one, where `.length` says two. */
export const charactersOf = (text: string): number => {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    if (isPair) count--
  }
  return count
}

/**
 * What a text looks like. `line`: one line; `text`: several lines; `key`: any script without blanks or `@`; `code`: ASCII letters, digits
 * and `.` `_` `:` `-`; `subject`: an identity provider's `sub`, without blanks.
 */
export type TextForm = 'line' | 'text' | 'key' | 'code' | 'subject'

/** A text of 1 to `most` characters, counted in the form in which it is stored. */
export interface TextLimit {
  readonly form: TextForm
  readonly most: number
}

/** How many entries a list has. */
export interface ListLimit {
  readonly least: number
  readonly most: number
}

/** A number from `least` to `most`, both included. */
export interface NumberLimit {
  readonly least: number
  readonly most: number
}

const line = (most: number): TextLimit => ({ form: 'line', most })
const text = (most: number): TextLimit => ({ form: 'text', most })
const list = (least: number, most: number): ListLimit => ({ least, most })
const number = (least: number, most: number): NumberLimit => ({ least, most })

const key: TextLimit = { form: 'key', most: 64 }
const code: TextLimit = { form: 'code', most: 64 }
const subject: TextLimit = { form: 'subject', most: 255 }
const name = line(200)
const score = number(1, 5)
/** What somebody tells: real complaints have 32,000 characters. Even of four bytes each they fit in a request. */
const story = text(50_000)

export const limits = {
  key,
  code,
  subject,
  idempotencyKey: line(200),
  /** Why somebody reads: `x-clientele-purpose`. */
  purpose: line(200),
  url: line(2048),
  externalId: line(200),

  /** Room for what is made from a family name of 100, a blank and given names of 100 characters. */
  displayName: line(255),
  personName: line(100),
  occupation: line(100),
  identityNumber: line(64),
  legalName: name,
  registrationNumber: line(64),
  industry: line(100),
  /** A band such as `50-75k`. */
  band: line(32),
  contactPointValue: line(254),
  contactPoints: list(0, 50),
  /** Of one contact person. */
  personContactPoints: list(0, 10),
  addressLine: line(200),
  addressLines: list(0, 6),
  /** City, region, or country as written. */
  addressPart: line(100),
  postalCode: line(20),
  addresses: list(0, 20),
  contactPersonName: name,
  contactPersonRole: line(100),
  contactPeople: list(0, 100),
  tagName: line(64),
  /** All tags of a customer, and those given or taken at once. */
  tags: list(0, 50),
  /** All tags of a tenant. */
  tenantTags: list(0, 1_000),
  paymentMethod: line(64),
  sku: line(64),
  lineDescription: line(500),
  /** Part of a price that is let off. */
  discount: number(0, 1),
  purchaseLines: list(1, 1_000),
  purchaseChangeReason: text(1_000),
  importRows: list(1, 200),
  /** What is told of one row, of each kind. */
  rowIssues: list(0, 20),
  /** Currencies of ISO 4217, with room for new ones: sums are told by currency. */
  currencies: list(0, 200),

  visitPurpose: line(500),
  visitObjectives: list(0, 20),
  visitReschedules: list(0, 50),
  visitReason: text(500),
  visitNote: story,
  complaintText: story,
  /** Changes of one complaint. */
  complaintSteps: list(1, 100),
  contactSubject: line(500),
  contactBody: story,

  surveyTitle: name,
  surveyVersions: list(0, 50),
  surveyQuestions: list(0, 100),
  questionText: text(500),
  questionChoices: list(2, 50),
  answers: list(1, 100),
  /** Chosen by one answer. */
  answerChoices: list(0, 50),
  answerText: text(4_000),
  nps: number(0, 10),
  csat: score,
  ces: number(1, 7),
  invitationDays: number(1, 365),

  segmentName: name,
  segmentDescription: text(2_000),
  segmentMembers: list(1, 500),
  /** Segments of a tenant that are not archived: a customer may be in all of them. */
  activeSegments: list(0, 300),
  /** One of the three scores of RFM. */
  quintile: score,
  ruleList: list(1, 100),
  ruleText: line(255),
  ruleDays: number(0, 36_500),
  ruleRecentDays: number(1, 3_650),
  ruleCount: number(0, 1_000_000_000),
  ruleRfmSum: number(3, 15),

  externalRefs: list(0, 100),
  webhookTypes: list(1, 50),
  webhookType: line(200),
  webhookDescription: text(500),

  /** Paths of what one event says has changed. */
  changedFields: list(0, 100),
  /** Bytes of an event's JSON; the stream takes a little more, for headers. */
  eventBytes: 60 * 1024,
  /** Bytes of a request's body, unless the gateway is set otherwise. */
  requestBytes: 256 * 1024,
} as const

const characters = { line: '.', text: '.', key: '[^\\s@]', code: '[A-Za-z0-9._:-]', subject: '\\S' } as const

/** The expression that a text of this form and length matches, in characters. */
export const patternOf = ({ form, most }: TextLimit): RegExp =>
  form === 'code'
    ? new RegExp(`^[A-Za-z0-9]${characters.code}{0,${most - 1}}$`)
    : new RegExp(`^${characters[form]}{1,${most}}$`, 'su')
