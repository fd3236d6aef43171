import { z } from 'zod'

export const customerKind = z.enum(['PERSON', 'ORGANIZATION'])
export type CustomerKind = z.infer<typeof customerKind>

export const customerStatus = z.enum(['ACTIVE', 'ARCHIVED'])
export type CustomerStatus = z.infer<typeof customerStatus>

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

export const complaintDecision = z.enum(['UPHELD', 'PARTLY_UPHELD', 'NOT_UPHELD'])
export type ComplaintDecision = z.infer<typeof complaintDecision>

export const contactKind = z.enum(['CALL', 'MAIL', 'CHAT', 'NOTE'])
export type ContactKind = z.infer<typeof contactKind>

export const contactDirection = z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL'])
export type ContactDirection = z.infer<typeof contactDirection>

export const surveyContextKind = z.enum(['VISIT', 'COMPLAINT'])
export type SurveyContextKind = z.infer<typeof surveyContextKind>

export const segmentKind = z.enum(['STATIC', 'DYNAMIC'])
export type SegmentKind = z.infer<typeof segmentKind>

export const membershipReason = z.enum(['RULE', 'MANUAL', 'IMPORT'])
export type MembershipReason = z.infer<typeof membershipReason>
