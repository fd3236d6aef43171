import { complaintSeverity, customerKind, customerStatus } from '@clientele/contracts'
import { CurrencyCodeScalar, DecimalFilter, enumFilter, IntFilter } from '@clientele/kit'
import { Field, InputType, Int, registerEnumType } from 'type-graphql'

export const SegmentRuleKind = customerKind.enum
registerEnumType(SegmentRuleKind, { name: 'SegmentRuleKind', description: 'Kinds of customers, in rules.' })
export const SegmentRuleStatus = customerStatus.enum
registerEnumType(SegmentRuleStatus, { name: 'SegmentRuleStatus', description: 'Statuses of customers, in rules.' })
export const SegmentRuleSeverity = complaintSeverity.enum
registerEnumType(SegmentRuleSeverity, {
  name: 'SegmentRuleSeverity',
  description: 'Severities of complaints, in rules.',
})

const KindCondition = enumFilter(SegmentRuleKind, 'SegmentRuleKindCondition')
const StatusCondition = enumFilter(SegmentRuleStatus, 'SegmentRuleStatusCondition')
const SeverityCondition = enumFilter(SegmentRuleSeverity, 'SegmentRuleSeverityCondition')

@InputType({ description: 'Conditions on a key, compared to the letter; all that are given must hold.' })
export class SegmentRuleKeyCondition {
  @Field(() => String, { nullable: true, description: 'Is exactly this key.' })
  eq?: string | null
  @Field(() => [String], { nullable: true, description: 'Is one of these keys, 1 to 100.' })
  in?: string[] | null
}

@InputType({ description: 'Conditions on the sales territory; all that are given must hold.' })
export class SegmentRuleTerritoryCondition extends SegmentRuleKeyCondition {
  @Field(() => String, { nullable: true, description: 'Is this territory or lies below it: emea holds for emea/de.' })
  under?: string | null
}

@InputType({ description: 'Conditions on the keys of the tags; all that are given must hold.' })
export class SegmentRuleTagCondition {
  @Field(() => String, { nullable: true, description: 'Has this tag.' })
  has?: string | null
  @Field(() => [String], { nullable: true, description: 'Has one of these tags, 1 to 100.' })
  hasAny?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Has all of these tags, 1 to 100.' })
  hasAll?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Has none of these tags, 1 to 100.' })
  hasNone?: string[] | null
}

@InputType({
  description: 'Conditions on the net total of the purchases in one currency; false without a purchase in it.',
})
export class SegmentRuleTotalCondition extends DecimalFilter {
  @Field(() => CurrencyCodeScalar, { description: 'Only purchases in this currency count.' })
  currency!: string
}

@InputType({ description: 'Conditions on how many complaints came in lately; those that repeat another do not count.' })
export class SegmentRuleRecentComplaintsCondition extends IntFilter {
  @Field(() => Int, { description: 'How many days back, 1 to 3650.' })
  days!: number
}

@InputType({ description: 'Conditions on the RFM score; false for who never purchased or has no score yet.' })
export class SegmentRuleRfmCondition {
  @Field(() => IntFilter, { nullable: true, description: 'Recency, 1 to 5; 5 is the most recent.' })
  r?: IntFilter | null
  @Field(() => IntFilter, { nullable: true, description: 'Frequency, 1 to 5; 5 is the most frequent.' })
  f?: IntFilter | null
  @Field(() => IntFilter, { nullable: true, description: 'Amount spent, 1 to 5; 5 is the highest.' })
  m?: IntFilter | null
  @Field(() => IntFilter, { nullable: true, description: 'Sum of the three, 3 to 15.' })
  score?: IntFilter | null
}

const condition = (type: () => unknown, description: string) => Field(type as never, { nullable: true, description })
const daysAgo = (what: string) => condition(() => IntFilter, `Whole days since ${what}, 0 to 36500; false if never.`)

@InputType({
  description:
    'A rule over the facts of a customer. Each node has exactly one condition; combine several in `all` or `any`. At most 10 levels and 100 nodes. A condition on a fact that is not known is false, and `not` turns that into true.',
})
export class SegmentRuleInput {
  @condition(() => [SegmentRuleInput], 'All of these hold; at least one.')
  all?: SegmentRuleInput[] | null
  @condition(() => [SegmentRuleInput], 'One of these holds; at least one.')
  any?: SegmentRuleInput[] | null
  @condition(() => SegmentRuleInput, 'This does not hold.')
  not?: SegmentRuleInput | null
  @condition(() => KindCondition, 'Kind of the customer.')
  kind?: object | null
  @condition(() => StatusCondition, 'Status of the customer.')
  status?: object | null
  @condition(() => SegmentRuleKeyCondition, 'Subject of the member of staff who looks after the customer.')
  owner?: SegmentRuleKeyCondition | null
  @condition(() => SegmentRuleTerritoryCondition, 'Sales territory of the customer.')
  territory?: SegmentRuleTerritoryCondition | null
  @condition(() => SegmentRuleKeyCondition, 'Where the customer came from.')
  source?: SegmentRuleKeyCondition | null
  @condition(() => SegmentRuleTagCondition, 'Tags of the customer, by key.')
  tag?: SegmentRuleTagCondition | null
  @condition(() => IntFilter, 'Number of sales; cancellations do not count.')
  purchaseCount?: IntFilter | null
  @condition(() => SegmentRuleTotalCondition, 'Net total of sales and cancellations.')
  purchaseTotal?: SegmentRuleTotalCondition | null
  @daysAgo('the last sale')
  lastPurchaseDaysAgo?: IntFilter | null
  @daysAgo('the first sale')
  firstPurchaseDaysAgo?: IntFilter | null
  @condition(() => SegmentRuleRfmCondition, 'RFM score of the customer.')
  rfm?: SegmentRuleRfmCondition | null
  @condition(() => IntFilter, 'Number of complaints; those that repeat another do not count.')
  complaintCount?: IntFilter | null
  @condition(() => IntFilter, 'Number of complaints that are neither closed, withdrawn nor repeating another.')
  openComplaints?: IntFilter | null
  @condition(() => SegmentRuleRecentComplaintsCondition, 'Number of complaints received lately.')
  complaintsInDays?: SegmentRuleRecentComplaintsCondition | null
  @condition(() => SeverityCondition, 'Severity of the last complaint.')
  lastComplaintSeverity?: object | null
  @daysAgo('the last complaint was received')
  lastComplaintDaysAgo?: IntFilter | null
  @condition(() => IntFilter, 'Number of visits that took place.')
  visitCount?: IntFilter | null
  @daysAgo('the last visit that took place')
  lastVisitDaysAgo?: IntFilter | null
  @condition(() => IntFilter, 'Latest likelihood to recommend, 0 to 10.')
  nps?: IntFilter | null
  @condition(() => IntFilter, 'Latest satisfaction, 1 to 5.')
  csat?: IntFilter | null
  @condition(() => IntFilter, 'Latest ease, 1 to 7.')
  ces?: IntFilter | null
  @daysAgo('the last answer to a survey')
  lastRespondedDaysAgo?: IntFilter | null
  @daysAgo('the record of the customer was created')
  createdDaysAgo?: IntFilter | null
}
