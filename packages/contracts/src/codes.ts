import { z } from 'zod'

export const customerKind = z.enum(['PERSON', 'ORGANIZATION'])
export type CustomerKind = z.infer<typeof customerKind>

export const customerStatus = z.enum(['ACTIVE', 'ARCHIVED'])
export type CustomerStatus = z.infer<typeof customerStatus>

/** Gender as a person states it. */
export const gender = z.enum(['FEMALE', 'MALE', 'OTHER'])
export type Gender = z.infer<typeof gender>

/** Age in full years on the first day of the month, in the bands of web analytics, with minors before them. */
export const ageBand = z.enum([
  'UNDER_18',
  'FROM_18_TO_24',
  'FROM_25_TO_34',
  'FROM_35_TO_44',
  'FROM_45_TO_54',
  'FROM_55_TO_64',
  'FROM_65',
])
export type AgeBand = z.infer<typeof ageBand>

/** How many people an organisation employs, in the size classes of OECD and Eurostat. */
export const sizeBand = z.enum(['FROM_1_TO_9', 'FROM_10_TO_49', 'FROM_50_TO_249', 'FROM_250'])
export type SizeBand = z.infer<typeof sizeBand>

/** Sections of ISIC Rev. 4, which are those of NACE Rev. 2, in their order from A to U. */
export const industry = z.enum([
  'AGRICULTURE',
  'MINING',
  'MANUFACTURING',
  'ENERGY',
  'WATER_AND_WASTE',
  'CONSTRUCTION',
  'TRADE',
  'TRANSPORT',
  'HOSPITALITY',
  'INFORMATION',
  'FINANCE',
  'REAL_ESTATE',
  'PROFESSIONAL_SERVICES',
  'SUPPORT_SERVICES',
  'PUBLIC_ADMINISTRATION',
  'EDUCATION',
  'HEALTH',
  'ARTS',
  'OTHER_SERVICES',
  'HOUSEHOLDS',
  'INTERNATIONAL_BODIES',
])
export type Industry = z.infer<typeof industry>

/** What each industry holds, for the schemas of all services that have it. */
export const industries: Record<Industry, { description: string }> = {
  AGRICULTURE: { description: 'ISIC A: agriculture, forestry and fishing.' },
  MINING: { description: 'ISIC B: mining and quarrying.' },
  MANUFACTURING: { description: 'ISIC C: manufacturing.' },
  ENERGY: { description: 'ISIC D: electricity, gas, steam and air conditioning supply.' },
  WATER_AND_WASTE: { description: 'ISIC E: water supply, sewerage, waste management and remediation.' },
  CONSTRUCTION: { description: 'ISIC F: construction.' },
  TRADE: { description: 'ISIC G: wholesale and retail trade, repair of motor vehicles.' },
  TRANSPORT: { description: 'ISIC H: transportation and storage.' },
  HOSPITALITY: { description: 'ISIC I: accommodation and food service.' },
  INFORMATION: { description: 'ISIC J: information and communication.' },
  FINANCE: { description: 'ISIC K: finance and insurance.' },
  REAL_ESTATE: { description: 'ISIC L: real estate.' },
  PROFESSIONAL_SERVICES: { description: 'ISIC M: professional, scientific and technical activities.' },
  SUPPORT_SERVICES: { description: 'ISIC N: administrative and support services.' },
  PUBLIC_ADMINISTRATION: { description: 'ISIC O: public administration, defence, compulsory social security.' },
  EDUCATION: { description: 'ISIC P: education.' },
  HEALTH: { description: 'ISIC Q: human health and social work.' },
  ARTS: { description: 'ISIC R: arts, entertainment and recreation.' },
  OTHER_SERVICES: { description: 'ISIC S: other services.' },
  HOUSEHOLDS: { description: 'ISIC T: households as employers.' },
  INTERNATIONAL_BODIES: { description: 'ISIC U: extraterritorial organisations and bodies.' },
}

export const purchaseKind = z.enum(['SALE', 'CANCELLATION'])
export type PurchaseKind = z.infer<typeof purchaseKind>

export const purchaseStatus = z.enum(['RECORDED', 'VOIDED'])
export type PurchaseStatus = z.infer<typeof purchaseStatus>

export const visitMode = z.enum(['ONSITE', 'PHONE', 'VIDEO', 'EMAIL'])
export type VisitMode = z.infer<typeof visitMode>

export const visitStatus = z.enum([
  'PLANNED',
  'RESCHEDULED',
  'CONFIRMED',
  'IN_PROGRESS',
  'COMPLETED',
  'CLOSED',
  'CANCELLED',
  'MISSED',
  'VOIDED',
])
export type VisitStatus = z.infer<typeof visitStatus>

export const complaintStatus = z.enum([
  'RECEIVED',
  'ACKNOWLEDGED',
  'ASSESSED',
  'INVESTIGATING',
  'AWAITING_CUSTOMER',
  'RESPONSE_PROPOSED',
  'DECISION_COMMUNICATED',
  'CLOSED',
  'REOPENED',
  'WITHDRAWN',
  'DUPLICATE',
])
/** Statuses in which a complaint is over, unless it is reopened. */
export const endedComplaintStatuses: readonly z.infer<typeof complaintStatus>[] = ['CLOSED', 'WITHDRAWN', 'DUPLICATE']
export type ComplaintStatus = z.infer<typeof complaintStatus>

export const complaintSeverity = z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])
export type ComplaintSeverity = z.infer<typeof complaintSeverity>

/** What each severity means, for the schemas of all services that have it. */
export const complaintSeverities: Record<ComplaintSeverity, { description: string }> = {
  LOW: { description: 'A nuisance, which can wait a little.' },
  MEDIUM: { description: 'What most complaints are.' },
  HIGH: { description: 'It costs the customer much, or soon will.' },
  CRITICAL: { description: 'It cannot wait.' },
}

export const complaintDecision = z.enum(['UPHELD', 'PARTLY_UPHELD', 'NOT_UPHELD'])
export type ComplaintDecision = z.infer<typeof complaintDecision>

export const contactKind = z.enum(['CALL', 'MAIL', 'CHAT', 'NOTE'])
export type ContactKind = z.infer<typeof contactKind>

export const contactStatus = z.enum(['RECORDED', 'VOIDED'])
export type ContactStatus = z.infer<typeof contactStatus>

export const contactDirection = z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL'])
export type ContactDirection = z.infer<typeof contactDirection>

/** Where a file is on its way: its bytes are awaited, it can be had, or what came was not taken. */
export const fileStatus = z.enum(['STAGED', 'SCANNING', 'READY', 'REFUSED'])
export type FileStatus = z.infer<typeof fileStatus>

/** Why a file was not taken. */
export const fileRefusal = z.enum(['SIZE', 'TYPE', 'VIRUS'])
export type FileRefusal = z.infer<typeof fileRefusal>

/** Why an image has no thumbnail. */
export const thumbnailFault = z.enum(['UNREADABLE', 'TOO_LARGE'])
export type ThumbnailFault = z.infer<typeof thumbnailFault>

export const taskStatus = z.enum(['OPEN', 'COMPLETED', 'CANCELLED'])
export type TaskStatus = z.infer<typeof taskStatus>

export const taskPriority = z.enum(['LOW', 'NORMAL', 'HIGH', 'URGENT'])
export type TaskPriority = z.infer<typeof taskPriority>

export const notificationKind = z.enum([
  'TASK_REMINDER',
  'TASK_OVERDUE',
  'TASK_ASSIGNED',
  'TASK_REASSIGNED',
  'TASK_COMPLETED',
  'TASK_CANCELLED',
  'VISIT_ASSIGNED',
  'VISIT_REASSIGNED',
  'VISIT_COMPLETED',
  'VISIT_CANCELLED',
  'VISIT_VOIDED',
  'COMPLAINT_ASSIGNED',
  'COMPLAINT_REASSIGNED',
  'COMPLAINT_CLOSED',
  'COMPLAINT_WITHDRAWN',
  'COMPLAINT_DUPLICATE',
  'COMPLAINT_ESCALATED',
  'AUTOMATION',
  'WORK_ASSIGNED',
  'WORK_REASSIGNED',
])
export type NotificationKind = z.infer<typeof notificationKind>

/** What of somebody's work is given to somebody else together. */
export const workKind = z.enum(['TASKS', 'VISITS', 'COMPLAINTS'])
export type WorkKind = z.infer<typeof workKind>

export const workReassignmentStatus = z.enum(['RUNNING', 'DONE', 'STOPPED'])
export type WorkReassignmentStatus = z.infer<typeof workReassignmentStatus>

export const surveyContextKind = z.enum(['VISIT', 'COMPLAINT'])
export type SurveyContextKind = z.infer<typeof surveyContextKind>

export const segmentKind = z.enum(['STATIC', 'DYNAMIC'])
export type SegmentKind = z.infer<typeof segmentKind>

export const membershipReason = z.enum(['RULE', 'MANUAL', 'IMPORT'])
export type MembershipReason = z.infer<typeof membershipReason>

/** Why somebody is away. None of them tells of illness, which is LEAVE: what colleagues see says nothing about anybody's health. */
export const absenceReason = z.enum(['VACATION', 'LEAVE', 'TRAVEL', 'TRAINING', 'OTHER'])
export type AbsenceReason = z.infer<typeof absenceReason>

/** Where what is known of a member of staff comes from: the identity provider, or somebody who entered it. */
export const staffSource = z.enum(['DIRECTORY', 'MANUAL'])
export type StaffSource = z.infer<typeof staffSource>

/** Days of the week by ISO 8601, Monday first. */
export const dayOfWeek = z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'])
export type DayOfWeek = z.infer<typeof dayOfWeek>

export const calendarStatus = z.enum(['ACTIVE', 'ARCHIVED'])
export type CalendarStatus = z.infer<typeof calendarStatus>

export const automationStatus = z.enum(['DRAFT', 'ACTIVE', 'STOPPED'])
export type AutomationStatus = z.infer<typeof automationStatus>

/** What an automation can do; each is done by the service that owns what it changes. */
export const automationActionKind = z.enum(['CREATE_TASK', 'NOTIFY', 'TAG', 'UNTAG', 'ASSIGN'])
export type AutomationActionKind = z.infer<typeof automationActionKind>

/** What came of an action. */
export const automationActionOutcome = z.enum(['DONE', 'REFUSED', 'FAILED'])
export type AutomationActionOutcome = z.infer<typeof automationActionOutcome>

/** What is done to many customers at once. */
export const bulkChangeKind = z.enum(['SET_FIELDS', 'ADD_TAGS', 'REMOVE_TAGS', 'ARCHIVE', 'RESTORE'])
export type BulkChangeKind = z.infer<typeof bulkChangeKind>

export const bulkChangeStatus = z.enum(['RUNNING', 'DONE', 'CANCELLED', 'UNDOING', 'UNDONE'])
export type BulkChangeStatus = z.infer<typeof bulkChangeStatus>

/** What `changedFields` of customers can name. */
export const customerFields = [
  ...['number', 'displayName', 'ownerId', 'territory', 'source', 'tags', 'ageBand'],
  ...['contactPoints', 'addresses', 'contactPeople'],
  ...['person.familyName', 'person.givenName', 'person.gender', 'person.occupation'],
  ...['person.birthDate', 'person.identityNumber', 'person.incomeBand'],
  ...['organization.legalName', 'organization.industry', 'organization.sizeBand', 'organization.registrationNumber'],
]
