import { limits } from '@clientele/contracts'
import { memberActions } from '../members/member.actions.js'
import type { MemberKind, MemberPlace } from '../members/member-list.js'
import type { AddAddressInput, AddressFields, AddressInput, ChangeAddressInput } from './address.input.js'
import { type Address, checkAddress, checkAddresses } from './address.js'

const placeOf = ({ addresses: entries }: { addresses: Address[] }): MemberPlace<Address> => ({
  entries,
  limit: limits.addresses,
  with: (addresses) => ({ addresses: [...addresses] }),
})

const kind: MemberKind<
  Address,
  object,
  Pick<AddAddressInput, keyof AddressFields | 'kind'>,
  Pick<ChangeAddressInput, keyof AddressFields | 'kind'>,
  { addresses: AddressInput[] }
> = {
  concept: 'address',
  adds: 'addAddress',
  placeOf: (_, customer) => placeOf(customer),
  placeWith: placeOf,
  add: (issues, _, added) => checkAddress(issues, added, []),
  change: (issues, _, stored, changed) => {
    const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined))
    const country = stored.country ?? stored.countryName
    return checkAddress(issues, { ...stored, country, ...given, kind: changed.kind ?? stored.kind }, [stored])
  },
  replace: (issues, _, { addresses }, stored) => checkAddresses(issues, addresses, stored) ?? [],
}

/** The changes of a customer's addresses. */
export const addresses = memberActions(kind)
