import { customers } from './customer.actions.js'

export const replicateCustomers = customers.consumer('interactions-customer-replica')
