import { registerEnumType } from 'type-graphql'

export enum AddressKind {
  MAIN = 'MAIN',
  BILLING = 'BILLING',
  SHIPPING = 'SHIPPING',
  HOME = 'HOME',
  WORK = 'WORK',
  OTHER = 'OTHER',
}
registerEnumType(AddressKind, { name: 'AddressKind', description: 'What an address is used for.' })
