import {
  customerFileAttached,
  customerFileRefused,
  customerFileRemoved,
  customerFileStaged,
  limits,
} from '@clientele/contracts'
import { checkFile, filesOf } from '@clientele/files'
import { Conflict, type Context, validationIssues } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { requireCustomer } from '../customers/customer-access.js'
import { CustomerFile } from './customer-file.entity.js'
import type { CustomerFileInput, StageCustomerFileInput } from './customer-file.input.js'
import { customerFilePolicy } from './customer-file.policy.js'

const events = {
  staged: customerFileStaged,
  attached: customerFileAttached,
  refused: customerFileRefused,
  removed: customerFileRemoved,
}

export const customerFiles = filesOf<CustomerFile>({
  service: 'profiles',
  entity: CustomerFile,
  write: customerFilePolicy.write,
  tell: (tx, file, change) => {
    const { customerId, status, bytes, mediaType, refusal } = file
    tx.emit(events[change], file, { customerId, status, bytes, mediaType, refusal })
  },
})

/** Announces a file of a customer. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT `file.too_many`, `files.off`. */
export const stageCustomerFile = (ctx: Context, input: StageCustomerFileInput): Promise<CustomerFile> =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      const values = checkFile(issues, input)
      issues.refuse()
      const customer = await requireCustomer(tx, input.customerId, customerFilePolicy.write)
      // Those who announce files of one customer follow one another, so that each counts those before.
      await tx.em.lock(customer, LockMode.PESSIMISTIC_WRITE)
      const { most } = limits.customerFiles
      if ((await tx.em.count(CustomerFile, { customerId: customer.id })) >= most) {
        throw new Conflict(`A customer has at most ${most} files.`, { reason: 'file.too_many', params: { most } })
      }
      return customerFiles.stage(tx, { customerId: customer.id, ...values })
    },
    { key: input.idempotencyKey, operation: 'stageCustomerFile', input },
  )

/** Takes what was uploaded. Throws NOT_FOUND, FORBIDDEN, CONFLICT `file.not_uploaded`, UNAVAILABLE `files.store`. */
export const attachCustomerFile = (ctx: Context, { id }: CustomerFileInput) => customerFiles.attach(ctx, id)

/** Removes a file for good. Throws NOT_FOUND, FORBIDDEN. */
export const removeCustomerFile = (ctx: Context, { id }: CustomerFileInput) => customerFiles.remove(ctx, id)
