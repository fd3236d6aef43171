import { readEmailAddress } from '@clientele/kit'

import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import { readPhone } from './phone-number.js'

export interface Normalized {
  normalized: string | null
  status: ContactPointStatus
  /** Whether the text holds several values, of which none may be taken for the one. */
  isSeveral?: boolean
}

/** The comparable form of a value: lower-case e-mail address, E.164 number with `;ext=`, absolute URL. Never throws. */
export const normalizeContact = (kind: ContactPointKind, value: string, country: string | undefined): Normalized => {
  const rule = rules[kind]
  if (!rule) return { normalized: null, status: ContactPointStatus.UNVERIFIED }
  const normalized = rule(value, country)
  if (normalized === several) return { normalized: null, status: ContactPointStatus.INVALID, isSeveral: true }
  return { normalized: normalized ?? null, status: normalized ? ContactPointStatus.VALID : ContactPointStatus.INVALID }
}

const several = 'SEVERAL'
type Rule = (value: string, country: string | undefined) => string | undefined

const address = (value: string) => readEmailAddress(value)?.toLowerCase().normalize('NFC')

const email = (value: string) =>
  address(value) ?? (value.split(/[\s,;/|、，；]+/).filter(address).length > 1 ? several : undefined)

const phone: Rule = (value, country) => {
  const read = readPhone(value, country)
  if (read === undefined || read === several) return read
  return read.ext ? `${read.number};ext=${read.ext}` : read.number
}

const web = (value: string) => {
  const url = URL.parse(/^https?:\/\//i.test(value) ? value : `https://${value}`)
  return url?.hostname.includes('.') && !/\s/.test(value) ? url.href : undefined
}

const rules: Partial<Record<ContactPointKind, Rule>> = {
  EMAIL: email,
  PHONE: phone,
  MOBILE: phone,
  FAX: phone,
  WEB: web,
}
