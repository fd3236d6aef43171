import { creatorResolvers, personResolvers } from '@clientele/kit'
import { reads, row } from '@clientele/query-compiler'
import { Complaint, ComplaintCorrection } from '../complaints/complaint.entity.js'
import { complaintFiles } from '../complaints/complaint-files.js'
import { ComplaintStep } from '../complaints/complaint-step.entity.js'
import { Contact, ContactCorrection, ContactVoiding } from '../contacts/contact.entity.js'
import { contactFiles } from '../contacts/contact-files.js'
import { Task, TaskCancellation, TaskResult } from '../tasks/task.entity.js'
import { taskFiles } from '../tasks/task-files.js'
import { Visit, VisitCancellation, VisitCorrection, VisitReschedule, VisitVoiding } from '../visits/visit.entity.js'
import { visitFiles } from '../visits/visit-files.js'
import { WorkReassignment } from '../work-reassignments/work-reassignment.entity.js'
import { staffBy } from './staff.read.js'
import { Staff } from './staff.ref.js'
import { staffNamed } from './staff-named.js'

/** What somebody created. */
const created = [
  ...[Visit, Complaint, Contact, WorkReassignment],
  ...[visitFiles, complaintFiles, contactFiles, taskFiles].map(({ File }) => File),
]

/** What an automation may have created on behalf of its author. */
const createdOnBehalf = [Task]

/** What says by whom something was done, by the names of the types. */
const done = {
  ...{ VisitReschedule, VisitCancellation, VisitCorrection, VisitVoiding, ComplaintStep, ComplaintCorrection },
  ...{ ContactCorrection, ContactVoiding, TaskResult, TaskCancellation },
}

const persons = { type: Staff, find: staffNamed }

export const authorResolvers = [
  ...creatorResolvers(persons, created, createdOnBehalf),
  ...personResolvers({ name: 'staff', of: 'by', who: 'did it' }, persons, Object.values(done)),
]

export const authorReads = [
  ...created.map(({ name }) => reads(name, { creator: staffBy('created_by') })),
  ...createdOnBehalf.map(({ name }) => reads(name, { creator: staffBy('created_on_behalf_of', 'created_by') })),
  ...Object.keys(done).map((type) =>
    reads(type, { staff: row((value) => `select staff.id from staff where staff.sub = ${value} ->> 'by'`) }),
  ),
]
