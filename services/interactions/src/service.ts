import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { Complaint } from './complaints/complaint.entity.js'
import { complaintPolicy } from './complaints/complaint.policy.js'
import { complaintReads } from './complaints/complaint.read.js'
import { ComplaintResolver, CustomerComplaintsResolver } from './complaints/complaint.resolver.js'
import { ComplaintHandlingResolver } from './complaints/complaint-handling.resolver.js'
import { Contact } from './contacts/contact.entity.js'
import { contactPolicy } from './contacts/contact.policy.js'
import { contactReads } from './contacts/contact.read.js'
import { ContactResolver, CustomerContactsResolver } from './contacts/contact.resolver.js'
import { customers } from './customer/customer.actions.js'
import { replicateCustomers } from './customer/customer.consumer.js'
import { customerPolicy } from './customer/customer.policy.js'
import { Customer } from './customer/customer.ref.js'
import { timelinePolicy } from './timeline/timeline.policy.js'
import { timelineReads } from './timeline/timeline.read.js'
import { CustomerTimelineResolver } from './timeline/timeline.resolver.js'
import { Visit } from './visits/visit.entity.js'
import { visitPolicy } from './visits/visit.policy.js'
import { visitReads } from './visits/visit.read.js'
import { CustomerVisitsResolver, VisitResolver } from './visits/visit.resolver.js'

/** Visits, complaints and contacts, and the timeline that they make up. */
export const interactions = defineService({
  name: 'interactions',
  migrations: new URL('../migrations/', import.meta.url),
  entities: [Visit, Complaint, Contact],
  resolvers: [
    VisitResolver,
    CustomerVisitsResolver,
    ComplaintResolver,
    ComplaintHandlingResolver,
    CustomerComplaintsResolver,
    ContactResolver,
    CustomerContactsResolver,
    CustomerTimelineResolver,
  ],
  orphanedTypes: [Customer],
  policies: [visitPolicy, complaintPolicy, contactPolicy, timelinePolicy, customerPolicy],
  references: [Visit, Complaint, Contact],
  stubs: [{ type: Customer, read: customerPolicy.read, ownership: customers.ownership }],
  queryCompiler: compiledReads(visitReads, complaintReads, contactReads, timelineReads),
  consumers: [replicateCustomers],
})
