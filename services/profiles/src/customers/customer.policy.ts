import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A customer belongs to whoever looks after it and to its territory: managers and sales people see and change those, nobody else's. */
export const customerPolicy = policy('Customer', {
  belongs: { owner: 'ownerId', territory: 'territory' },
  dataSubject: 'id',
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, write: 'TENANT', archive: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, write: 'TERRITORY', archive: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: customerReach.sales, write: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: customerReach.service, write: 'TENANT' },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
    partner: { sees: 'PLAIN', read: customerReach.partner },
  },
  opens: {
    read: ['customer', 'customerByNumber', 'customerByOrigin', 'customersById', 'customers'],
    write: ['createCustomer', 'updateCustomer', 'tagCustomer', 'untagCustomer'],
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
      ],
      PERSONAL: ['displayName'],
    },
    Origin: { PLAIN: ['system', 'externalId'] },
    PersonDetails: {
      PERSONAL: ['familyName', 'givenName', 'gender', 'occupation'],
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
  inputs: {
    CustomerFilter: ['Customer', 'PersonDetails', 'OrganizationDetails'],
    CustomerOrderField: 'Customer',
    CreateCustomerInput: 'Customer',
    UpdateCustomerInput: 'Customer',
    PersonInput: 'PersonDetails',
    OrganizationInput: 'OrganizationDetails',
    ContactPointInput: ['ContactPoint', 'Address'],
    AddressInput: 'Address',
    ContactPersonInput: 'ContactPerson',
  },
})
