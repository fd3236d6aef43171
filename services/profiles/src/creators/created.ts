import { BulkChange } from '../bulk-changes/bulk-change.entity.js'
import { Customer } from '../customers/customer.entity.js'
import { customerFiles } from '../files/customer-files.js'
import { Purchase } from '../purchases/purchase.entity.js'
import { creatorReadsOf, creatorResolvers } from './creator.js'

const created = [Customer, Purchase, customerFiles.File, BulkChange]

export const createdResolvers = creatorResolvers(created)
export const createdReads = creatorReadsOf(created.map(({ name }) => name))
