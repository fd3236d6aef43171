import { EmailAddressScalar } from '@clientele/kit'

import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import { readPhone } from './numbering-plans.js'

export interface Normalized {
  normalized: string | null
  status: ContactPointStatus
}

/** The comparable form of a value: lower-case e-mail address, E.164 number, absolute URL. Never throws. */
export const normalizeContact = (kind: ContactPointKind, value: string, country: string | undefined): Normalized => {
  const rule = rules[kind]
  if (!rule) return { normalized: null, status: ContactPointStatus.UNVERIFIED }
  const normalized = rule(value, country) ?? null
  return { normalized, status: normalized ? ContactPointStatus.VALID : ContactPointStatus.INVALID }
}

const email = (value: string) => {
  try {
    return String(EmailAddressScalar.parseValue(value)).toLowerCase()
  } catch {
    return undefined
  }
}

const phone = (value: string, country: string | undefined) => {
  const number = readPhone(value, country)
  return number?.isValid() ? number.number : undefined
}

const web = (value: string) => {
  const url = URL.parse(/^https?:\/\//i.test(value) ? value : `https://${value}`)
  return url?.hostname.includes('.') && !/\s/.test(value) ? url.href : undefined
}

const rules: Partial<Record<ContactPointKind, (value: string, country: string | undefined) => string | undefined>> = {
  EMAIL: email,
  PHONE: phone,
  MOBILE: phone,
  FAX: phone,
  WEB: web,
}
