import { registerEnumType } from 'type-graphql'

export enum ContactPointKind {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  MOBILE = 'MOBILE',
  FAX = 'FAX',
  WEB = 'WEB',
  WECHAT = 'WECHAT',
  OTHER = 'OTHER',
}
registerEnumType(ContactPointKind, { name: 'ContactPointKind', description: 'By which means somebody is reached.' })

export enum ContactPointStatus {
  VALID = 'VALID',
  UNVERIFIED = 'UNVERIFIED',
  INVALID = 'INVALID',
}
registerEnumType(ContactPointStatus, {
  name: 'ContactPointStatus',
  description: 'Whether a value can be used.',
  valuesConfig: {
    VALID: { description: 'Well-formed: an e-mail or web address, or a number of its country’s numbering plan.' },
    UNVERIFIED: { description: 'There is no rule for values of this kind.' },
    INVALID: { description: 'Not usable as it is; kept as written.' },
  },
})
