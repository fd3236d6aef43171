import { customerAccess } from '@clientele/contracts'
import { stubPolicy } from '@clientele/kit'

/** Customers are reached here as in profiles. What this service adds to them has policies of its own. */
export const customerPolicy = stubPolicy('Customer', customerAccess)
