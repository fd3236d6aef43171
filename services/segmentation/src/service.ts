import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { AutomationMomentsResolver } from './automation-moments/automation-moment.resolver.js'
import { beginMoments, takeFromMoments } from './automation-moments/moment.timer.js'
import { followTimeZone } from './automation-moments/time-zone.consumer.js'
import { goOnWithoutAnswer } from './automation-runs/after-assignment.js'
import { keepAnswers, noteMemberships } from './automation-runs/automation-run.consumer.js'
import { AutomationRun } from './automation-runs/automation-run.entity.js'
import { forgetRuns } from './automation-runs/automation-run.job.js'
import { automationMeasures } from './automation-runs/automation-run.measures.js'
import { automationRunPolicy } from './automation-runs/automation-run.policy.js'
import { automationRunReads } from './automation-runs/automation-run.read.js'
import { AutomationRunResolver, AutomationRunsResolver } from './automation-runs/automation-run.resolver.js'
import { fireAutomations } from './automation-runs/fire.timer.js'
import { Automation } from './automations/automation.entity.js'
import { automationPolicy } from './automations/automation.policy.js'
import { automationReads } from './automations/automation.read.js'
import { AutomationResolver } from './automations/automation.resolver.js'
import { breakdownPolicy } from './breakdowns/breakdown.policy.js'
import { BreakdownResolver } from './breakdowns/breakdown.resolver.js'
import { config } from './config.js'
import { ownershipOfCustomers } from './customer/customer.actions.js'
import { keepCustomerFacts } from './customer/customer.consumer.js'
import { customerPolicy } from './customer/customer.policy.js'
import { customerReads } from './customer/customer.read.js'
import { Customer } from './customer/customer.ref.js'
import { CustomerResolver, CustomerSegmentResolver } from './customer/customer.resolver.js'
import { keepComplaintFacts } from './facts/complaint.consumer.js'
import { convertTotalsAnew } from './facts/conversion.job.js'
import { CustomerFacts } from './facts/customer-facts.entity.js'
import { factsPolicy } from './facts/facts.policy.js'
import { factsReads } from './facts/facts.read.js'
import { FactsResolver } from './facts/facts.resolver.js'
import { keepPurchaseFacts } from './facts/purchase.consumer.js'
import { keepResponseFacts } from './facts/response.consumer.js'
import { keepVisitFacts } from './facts/visit.consumer.js'
import { SegmentMembership } from './memberships/membership.entity.js'
import { membershipPolicy } from './memberships/membership.policy.js'
import { membershipReads } from './memberships/membership.read.js'
import { MembershipResolver, SegmentMembersResolver } from './memberships/membership.resolver.js'
import { followTime } from './memberships/time.job.js'
import { zh } from './messages.zh.js'
import { computeRfm } from './rfm/rfm.job.js'
import { rfmPolicy } from './rfm/rfm.policy.js'
import { rfmReads } from './rfm/rfm.read.js'
import { RfmResolver } from './rfm/rfm.resolver.js'
import { RfmRun } from './rfm/rfm-run.entity.js'
import { rulePolicy } from './rules/rule.policy.js'
import { RuleResolver } from './rules/rule.resolver.js'
import { keepMergedTags } from './segments/merged-tag.consumer.js'
import { Segment } from './segments/segment.entity.js'
import { evaluateSegments } from './segments/segment.job.js'
import { segmentPolicy } from './segments/segment.policy.js'
import { segmentReads } from './segments/segment.read.js'
import { SegmentResolver } from './segments/segment.resolver.js'
import { replicateRates, replicateSettings } from './settings/settings.consumer.js'
import { createdReads, createdResolvers } from './staff/created.js'
import { staff } from './staff/staff.actions.js'
import { replicateStaff } from './staff/staff.consumer.js'
import { staffPolicy } from './staff/staff.policy.js'
import { Staff } from './staff/staff.ref.js'

/** Facts of customers from all services, segments by hand and by rule, RFM scores, automations. */
export const segmentation = defineService({
  name: 'segmentation',
  config,
  migrations: new URL('../migrations/', import.meta.url),
  translations: { zh },
  entities: [Segment, SegmentMembership, CustomerFacts, RfmRun, Automation, AutomationRun],
  resolvers: [
    SegmentResolver,
    SegmentMembersResolver,
    MembershipResolver,
    RuleResolver,
    FactsResolver,
    BreakdownResolver,
    RfmResolver,
    AutomationResolver,
    AutomationMomentsResolver,
    AutomationRunsResolver,
    AutomationRunResolver,
    CustomerResolver,
    CustomerSegmentResolver,
    ...createdResolvers,
  ],
  orphanedTypes: [Customer],
  policies: [
    segmentPolicy,
    membershipPolicy,
    rulePolicy,
    factsPolicy,
    breakdownPolicy,
    rfmPolicy,
    automationPolicy,
    automationRunPolicy,
    customerPolicy,
    staffPolicy,
  ],
  references: [Segment, SegmentMembership, RfmRun, Automation, AutomationRun],
  stubs: [
    {
      ...{ type: Customer, read: customerPolicy.read, ownership: ownershipOfCustomers },
      foundBy: ['CustomerByFactsConnection', 'CustomerByFactsEdge', 'SegmentPreview'],
    },
    { type: Staff, read: staffPolicy.read, ownership: staff.ownership },
  ],
  queryCompiler: compiledReads(
    segmentReads,
    membershipReads,
    factsReads,
    rfmReads,
    customerReads,
    automationReads,
    automationRunReads,
    createdReads,
  ),
  consumers: [
    keepCustomerFacts,
    keepMergedTags,
    keepPurchaseFacts,
    keepComplaintFacts,
    keepVisitFacts,
    keepResponseFacts,
    replicateSettings,
    replicateRates,
    replicateStaff,
    noteMemberships,
    followTimeZone,
    ...keepAnswers,
  ],
  jobs: [evaluateSegments, computeRfm, followTime, convertTotalsAnew, forgetRuns],
  measures: automationMeasures,
  timers: [fireAutomations, goOnWithoutAnswer, beginMoments, takeFromMoments],
})
