import { limits } from '@clientele/contracts'
import { fileRoutes, fileStoreDiagnosis, fileTimers } from '@clientele/files'
import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { agendaPolicy } from './agenda/agenda.policy.js'
import { AgendaResolver } from './agenda/agenda.resolver.js'
import { doAutomationActions } from './automations/automation.consumer.js'
import { CalendarFeed } from './calendar-feeds/calendar-feed.entity.js'
import { calendarFeedPolicy } from './calendar-feeds/calendar-feed.policy.js'
import { CalendarFeedResolver } from './calendar-feeds/calendar-feed.resolver.js'
import { calendarRoute } from './calendar-feeds/calendar-feed.route.js'
import { Complaint } from './complaints/complaint.entity.js'
import { complaintPolicy } from './complaints/complaint.policy.js'
import { complaintReads } from './complaints/complaint.read.js'
import { ComplaintResolver, CustomerComplaintsResolver } from './complaints/complaint.resolver.js'
import { complaintFilePolicy } from './complaints/complaint-file.policy.js'
import { complaintFiles } from './complaints/complaint-files.js'
import { ComplaintHandlingResolver } from './complaints/complaint-handling.resolver.js'
import { config } from './config.js'
import { Contact } from './contacts/contact.entity.js'
import { contactPolicy } from './contacts/contact.policy.js'
import { contactReads } from './contacts/contact.read.js'
import { ContactResolver, CustomerContactsResolver } from './contacts/contact.resolver.js'
import { contactFilePolicy } from './contacts/contact-file.policy.js'
import { contactFiles } from './contacts/contact-files.js'
import { customers } from './customer/customer.actions.js'
import { replicateCustomers } from './customer/customer.consumer.js'
import { customerPolicy } from './customer/customer.policy.js'
import { Customer } from './customer/customer.ref.js'
import { zh } from './messages.zh.js'
import { Notification } from './notifications/notification.entity.js'
import { forgetNotifications } from './notifications/notification.job.js'
import { notificationPolicy } from './notifications/notification.policy.js'
import { notificationReads } from './notifications/notification.read.js'
import { NotificationResolver } from './notifications/notification.resolver.js'
import { replicateCalendars, replicateSettings } from './settings/settings.consumer.js'
import { authorReads, authorResolvers } from './staff/authored.js'
import { staff, teams } from './staff/staff.actions.js'
import { replicateStaff, replicateTeams } from './staff/staff.consumer.js'
import { staffPolicy, teamPolicy } from './staff/staff.policy.js'
import { Staff, Team } from './staff/staff.ref.js'
import { createRequestedTasks } from './tasks/task.consumer.js'
import { Task } from './tasks/task.entity.js'
import { taskPolicy } from './tasks/task.policy.js'
import { taskReads } from './tasks/task.read.js'
import { CustomerTasksResolver, TaskResolver } from './tasks/task.resolver.js'
import { TaskBatchResolver } from './tasks/task-batch.resolver.js'
import { taskFilePolicy } from './tasks/task-file.policy.js'
import { taskFiles } from './tasks/task-files.js'
import { remindOfTask, warnOfOverdueTask } from './tasks/task-timers.js'
import { timelinePolicy } from './timeline/timeline.policy.js'
import { timelineReads } from './timeline/timeline.read.js'
import { CustomerTimelineResolver } from './timeline/timeline.resolver.js'
import { Visit } from './visits/visit.entity.js'
import { visitPolicy } from './visits/visit.policy.js'
import { visitReads } from './visits/visit.read.js'
import { CustomerVisitsResolver, VisitResolver } from './visits/visit.resolver.js'
import { visitFilePolicy } from './visits/visit-file.policy.js'
import { visitFiles } from './visits/visit-files.js'
import { forgetReassignments } from './work-reassignments/forget-reassignments.job.js'
import { WorkReassignment } from './work-reassignments/work-reassignment.entity.js'
import { reassignMoreWork } from './work-reassignments/work-reassignment.job.js'
import { workReassignmentMeasures } from './work-reassignments/work-reassignment.measures.js'
import { workReassignmentPolicy } from './work-reassignments/work-reassignment.policy.js'
import { workReassignmentReads } from './work-reassignments/work-reassignment.read.js'
import { WorkReassignmentResolver } from './work-reassignments/work-reassignment.resolver.js'

const files = [visitFiles, complaintFiles, contactFiles, taskFiles]

/** Visits, complaints and contacts, the timeline that they make up, and what the staff has to do and is told. */
export const interactions = defineService({
  name: 'interactions',
  config,
  migrations: new URL('../migrations/', import.meta.url),
  translations: { zh },
  entities: [
    Visit,
    Complaint,
    Contact,
    Task,
    Notification,
    CalendarFeed,
    WorkReassignment,
    ...files.map(({ File }) => File),
  ],
  resolvers: [
    VisitResolver,
    CustomerVisitsResolver,
    ComplaintResolver,
    ComplaintHandlingResolver,
    CustomerComplaintsResolver,
    ContactResolver,
    CustomerContactsResolver,
    CustomerTimelineResolver,
    TaskResolver,
    CustomerTasksResolver,
    TaskBatchResolver,
    NotificationResolver,
    AgendaResolver,
    CalendarFeedResolver,
    WorkReassignmentResolver,
    ...files.flatMap(({ resolvers }) => resolvers),
    ...authorResolvers,
  ],
  orphanedTypes: [Customer],
  policies: [
    visitPolicy,
    complaintPolicy,
    contactPolicy,
    timelinePolicy,
    taskPolicy,
    notificationPolicy,
    agendaPolicy,
    calendarFeedPolicy,
    workReassignmentPolicy,
    visitFilePolicy,
    complaintFilePolicy,
    contactFilePolicy,
    taskFilePolicy,
    customerPolicy,
    staffPolicy,
    teamPolicy,
  ],
  references: [Visit, Complaint, Contact, Task, ...files.map(({ File }) => File)],
  stubs: [
    { type: Customer, read: customerPolicy.read, ownership: customers.ownership },
    { type: Staff, read: staffPolicy.read, ownership: staff.ownership },
    { type: Team, read: teamPolicy.read, ownership: teams.ownership },
  ],
  queryCompiler: compiledReads(
    visitReads,
    complaintReads,
    contactReads,
    timelineReads,
    taskReads,
    notificationReads,
    workReassignmentReads,
    authorReads,
  ),
  routes: [calendarRoute, ...fileRoutes('interactions', { bytes: limits.fileBytes.most })],
  jobs: [forgetNotifications, forgetReassignments],
  measures: workReassignmentMeasures,
  diagnoses: [fileStoreDiagnosis('interactions')],
  timers: [remindOfTask, warnOfOverdueTask, reassignMoreWork, ...fileTimers('interactions', files)],
  consumers: [
    replicateCustomers,
    replicateSettings,
    replicateCalendars,
    replicateStaff,
    replicateTeams,
    ...createRequestedTasks,
    doAutomationActions,
  ],
})
