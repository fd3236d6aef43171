import {
  customerFileArrived,
  customerFileAttached,
  customerFileRefused,
  customerFileRemoved,
  customerFileStaged,
  customerFileThumbnailed,
  limits,
} from '@clientele/contracts'
import { fileKind } from '@clientele/files'
import { LockMode } from '@mikro-orm/core'
import { Customer } from '../customers/customer.entity.js'
import { requireCustomer } from '../customers/customer-access.js'
import { customerFilePolicy } from './customer-file.policy.js'

export const customerFiles = fileKind({
  service: 'profiles',
  owner: Customer,
  description: 'A file of a customer, such as a contract or a photo.',
  policy: customerFilePolicy,
  most: limits.customerFiles,
  events: {
    staged: customerFileStaged,
    arrived: customerFileArrived,
    attached: customerFileAttached,
    refused: customerFileRefused,
    thumbnailed: customerFileThumbnailed,
    removed: customerFileRemoved,
  },
  require: async (tx, id) => {
    const customer = await requireCustomer(tx, id, customerFilePolicy.write)
    await tx.em.lock(customer, LockMode.PESSIMISTIC_WRITE)
    return { id: customer.id, customerId: customer.id }
  },
})
