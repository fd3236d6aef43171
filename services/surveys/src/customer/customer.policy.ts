import { customerAccess } from '@clientele/contracts'
import { stubPolicy } from '@clientele/kit'

/** Customers are reached here as at profiles. What surveys add to them belongs to responses. */
export const customerPolicy = stubPolicy('Customer', customerAccess)
