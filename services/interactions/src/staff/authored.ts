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
import { authorReadsOf, creatorResolvers, doerResolvers } from './authors.js'

/** What somebody created. */
const created = [
  ...[Visit, Complaint, Contact, Task, WorkReassignment],
  ...[visitFiles, complaintFiles, contactFiles, taskFiles].map(({ File }) => File),
]

/** What says by whom something was done, by the names of the types. */
const done = {
  ...{ VisitReschedule, VisitCancellation, VisitCorrection, VisitVoiding, ComplaintStep, ComplaintCorrection },
  ...{ ContactCorrection, ContactVoiding, TaskResult, TaskCancellation },
}

export const authorResolvers = [...creatorResolvers(created), ...doerResolvers(Object.values(done))]

export const authorReads = authorReadsOf(
  created.map(({ name }) => name),
  Object.keys(done),
)
