import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A customer belongs to whoever looks after it and to its territory: managers and sales people see and change those, nobody else's. */
export const customerPolicy = policy('Customer', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  dataSubject: 'id',
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT', archive: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY', archive: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, write: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
    service_account: { clearance: 'PERSONAL', read: customerAccess.service_account },
    partner: { clearance: 'PLAIN', read: customerAccess.partner },
  },
  onBehalf: { automation: ['write'], bulk_change: ['write', 'archive'] },
  opens: {
    read: ['customer', 'customerByNumber', 'customerByOrigin', 'customersById', 'customers'],
    write: [
      ...['createCustomer', 'updateCustomer', 'tagCustomer', 'untagCustomer'],
      ...[
        'addContactPoint',
        'changeContactPoint',
        'removeContactPoint',
        'reorderContactPoints',
        'replaceContactPoints',
      ],
      ...['addAddress', 'changeAddress', 'removeAddress', 'reorderAddresses', 'replaceAddresses'],
      ...['addContactPerson', 'changeContactPerson', 'removeContactPerson', 'reorderContactPeople'],
      'replaceContactPeople',
    ],
    archive: ['archiveCustomer', 'restoreCustomer'],
  },
  fields: {
    Customer: {
      PLAIN: [
        'number',
        'kind',
        'status',
        'ownerId',
        'territory',
        'source',
        'origin',
        'person',
        'organization',
        'contactPoints',
        'addresses',
        'contactPeople',
        'ageBand',
        'location',
      ],
      PERSONAL: ['displayName'],
    },
    CustomerLocation: { PLAIN: ['country', 'region', 'city'] },
    Origin: { PLAIN: ['system', 'externalId'] },
    PersonDetails: {
      PLAIN: ['gender'],
      PERSONAL: ['familyName', 'givenName', 'occupation'],
      SENSITIVE: ['birthDate', 'identityNumber', 'incomeBand'],
    },
    OrganizationDetails: {
      PLAIN: ['industry', 'sizeBand'],
      PERSONAL: ['legalName'],
      SENSITIVE: ['registrationNumber'],
    },
    ContactPoint: {
      PLAIN: ['kind', 'status'],
      PERSONAL: ['value', 'normalized'],
    },
    Address: {
      PLAIN: ['kind'],
      PERSONAL: ['lines', 'city', 'region', 'postalCode', 'country', 'countryName'],
    },
    ContactPerson: {
      PLAIN: ['contactPoints'],
      PERSONAL: ['name', 'role'],
    },
  },
  writeOnly: { sales: { PersonDetails: ['birthDate'], OrganizationDetails: ['registrationNumber'] } },
  inputs: {
    CustomerFilter: ['Customer', 'PersonDetails', 'OrganizationDetails', 'CustomerLocation'],
    CustomerOrderField: 'Customer',
    CreateCustomerInput: 'Customer',
    UpdateCustomerInput: 'Customer',
    PersonInput: 'PersonDetails',
    OrganizationInput: 'OrganizationDetails',
    ContactPointInput: ['ContactPoint', 'Address'],
    AddressInput: 'Address',
    ContactPersonInput: 'ContactPerson',
    AddContactPointInput: ['ContactPoint', 'Address'],
    ChangeContactPointInput: ['ContactPoint', 'Address'],
    AddAddressInput: 'Address',
    ChangeAddressInput: 'Address',
    AddContactPersonInput: 'ContactPerson',
    ChangeContactPersonInput: 'ContactPerson',
  },
})
