import { mostLevels, mostNodes } from '@clientele/conditions'
import {
  ageBand,
  complaintSeverity,
  customerKind,
  customerStatus,
  gender,
  industries,
  industry,
  limits,
  type NumberLimit,
  sizeBand,
} from '@clientele/contracts'
import { CurrencyCodeScalar, DecimalFilter, enumFilter, IntFilter, Limited } from '@clientele/kit'
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

export const SegmentRuleIndustry = industry.enum
registerEnumType(SegmentRuleIndustry, {
  name: 'SegmentRuleIndustry',
  description: 'Industries of organisations, in rules.',
  valuesConfig: industries,
})
export const SegmentRuleSizeBand = sizeBand.enum
registerEnumType(SegmentRuleSizeBand, {
  name: 'SegmentRuleSizeBand',
  description: 'How many people organisations employ, in rules.',
})
export const SegmentRuleAgeBand = ageBand.enum
registerEnumType(SegmentRuleAgeBand, {
  name: 'SegmentRuleAgeBand',
  description: 'Ages of people on the first day of the month, in rules.',
})
export const SegmentRuleGender = gender.enum
registerEnumType(SegmentRuleGender, { name: 'SegmentRuleGender', description: 'Genders of people, in rules.' })

const KindCondition = enumFilter(SegmentRuleKind, 'SegmentRuleKindCondition')
const StatusCondition = enumFilter(SegmentRuleStatus, 'SegmentRuleStatusCondition')
const IndustryCondition = enumFilter(SegmentRuleIndustry, 'SegmentRuleIndustryCondition')
const SizeBandCondition = enumFilter(SegmentRuleSizeBand, 'SegmentRuleSizeBandCondition')
const AgeBandCondition = enumFilter(SegmentRuleAgeBand, 'SegmentRuleAgeBandCondition')
const GenderCondition = enumFilter(SegmentRuleGender, 'SegmentRuleGenderCondition')
export const SeverityCondition = enumFilter(SegmentRuleSeverity, 'SegmentRuleSeverityCondition')

@InputType({ description: 'Conditions on a key, compared to the letter; all that are given must hold.' })
export class SegmentRuleKeyCondition {
  @Limited(limits.ruleText)
  @Field(() => String, { nullable: true, description: 'Is exactly this key.' })
  eq?: string | null
  @Limited(limits.ruleList, limits.ruleText)
  @Field(() => [String], { nullable: true, description: 'Is one of these keys.' })
  in?: string[] | null
}

@InputType({ description: 'Conditions on the name of a place, compared to the letter; all that are given must hold.' })
export class SegmentRulePlaceCondition {
  @Limited(limits.ruleText)
  @Field(() => String, { nullable: true, description: 'Is exactly this place.' })
  eq?: string | null
  @Limited(limits.ruleList, limits.ruleText)
  @Field(() => [String], { nullable: true, description: 'Is one of these places.' })
  in?: string[] | null
}

@InputType({ description: 'Conditions on the sales territory; all that are given must hold.' })
export class SegmentRuleTerritoryCondition extends SegmentRuleKeyCondition {
  @Limited(limits.ruleText)
  @Field(() => String, { nullable: true, description: 'Is this territory or lies below it: emea holds for emea/de.' })
  under?: string | null
}

@InputType({ description: 'Conditions on the keys of the tags; all that are given must hold.' })
export class SegmentRuleTagCondition {
  @Limited(limits.ruleText)
  @Field(() => String, { nullable: true, description: 'Has this tag.' })
  has?: string | null
  @Limited(limits.ruleList, limits.ruleText)
  @Field(() => [String], { nullable: true, description: 'Has one of these tags.' })
  hasAny?: string[] | null
  @Limited(limits.ruleList, limits.ruleText)
  @Field(() => [String], { nullable: true, description: 'Has all of these tags.' })
  hasAll?: string[] | null
  @Limited(limits.ruleList, limits.ruleText)
  @Field(() => [String], { nullable: true, description: 'Has none of these tags.' })
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
  @Limited(limits.ruleRecentDays)
  @Field(() => Int, { description: 'How many days back.' })
  days!: number
}

@InputType({ description: 'Conditions on the RFM score; false for who never purchased or has no score yet.' })
export class SegmentRuleRfmCondition {
  @Limited(limits.quintile)
  @Field(() => IntFilter, { nullable: true, description: 'Recency; 5 is the most recent.' })
  r?: IntFilter | null
  @Limited(limits.quintile)
  @Field(() => IntFilter, { nullable: true, description: 'Frequency; 5 is the most frequent.' })
  f?: IntFilter | null
  @Limited(limits.quintile)
  @Field(() => IntFilter, { nullable: true, description: 'Amount spent; 5 is the highest.' })
  m?: IntFilter | null
  @Limited(limits.ruleRfmSum)
  @Field(() => IntFilter, { nullable: true, description: 'Sum of the three.' })
  score?: IntFilter | null
}

const condition = (type: () => unknown, description: string) => Field(type as never, { nullable: true, description })
const number =
  (limit: NumberLimit, description: string): PropertyDecorator =>
  (prototype, field) => {
    condition(() => IntFilter, description)(prototype, field as string)
    Limited(limit)(prototype, field)
  }
const daysAgo = (what: string) => number(limits.ruleDays, `Whole days since ${what}; false if never.`)

@InputType({
  description: `A rule over the facts of a customer. Each node has exactly one condition; combine several in \`all\` or \`any\`. At most ${mostLevels} levels and ${mostNodes} nodes. A condition on a fact that is not known is false, and \`not\` turns that into true.`,
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
  @condition(() => SegmentRulePlaceCondition, 'Country of the main address, ISO 3166-1 alpha-2.')
  country?: SegmentRulePlaceCondition | null
  @condition(() => SegmentRulePlaceCondition, 'State, province or region of the main address, as written.')
  region?: SegmentRulePlaceCondition | null
  @condition(() => SegmentRulePlaceCondition, 'City of the main address, as written.')
  city?: SegmentRulePlaceCondition | null
  @condition(() => IndustryCondition, 'Industry of an organisation.')
  industry?: object | null
  @condition(() => SizeBandCondition, 'How many people an organisation employs.')
  sizeBand?: object | null
  @condition(() => AgeBandCondition, 'Age of a person on the first day of this month.')
  ageBand?: object | null
  @condition(() => GenderCondition, 'Gender as the person states it.')
  gender?: object | null
  @number(limits.ruleCount, 'Number of sales; cancellations do not count.')
  purchaseCount?: IntFilter | null
  @condition(() => SegmentRuleTotalCondition, 'Net total of sales and cancellations.')
  purchaseTotal?: SegmentRuleTotalCondition | null
  @condition(
    () => DecimalFilter,
    "Net total of all currencies in the tenant's own, by the latest exchange rates; false until its currency is known.",
  )
  convertedTotal?: DecimalFilter | null
  @daysAgo('the last sale')
  lastPurchaseDaysAgo?: IntFilter | null
  @daysAgo('the first sale')
  firstPurchaseDaysAgo?: IntFilter | null
  @condition(() => SegmentRuleRfmCondition, 'RFM score of the customer.')
  rfm?: SegmentRuleRfmCondition | null
  @number(limits.ruleCount, 'Number of complaints; those that repeat another do not count.')
  complaintCount?: IntFilter | null
  @number(limits.ruleCount, 'Number of complaints that are neither closed, withdrawn nor repeating another.')
  openComplaints?: IntFilter | null
  @condition(() => SegmentRuleRecentComplaintsCondition, 'Number of complaints received lately.')
  complaintsInDays?: SegmentRuleRecentComplaintsCondition | null
  @condition(() => SeverityCondition, 'Severity of the last complaint.')
  lastComplaintSeverity?: object | null
  @daysAgo('the last complaint was received')
  lastComplaintDaysAgo?: IntFilter | null
  @number(limits.ruleCount, 'Number of visits that took place.')
  visitCount?: IntFilter | null
  @daysAgo('the last visit that took place')
  lastVisitDaysAgo?: IntFilter | null
  @number(limits.nps, 'Latest likelihood to recommend.')
  nps?: IntFilter | null
  @number(limits.csat, 'Latest satisfaction.')
  csat?: IntFilter | null
  @number(limits.ces, 'Latest ease.')
  ces?: IntFilter | null
  @daysAgo('the last answer to a survey')
  lastRespondedDaysAgo?: IntFilter | null
  @daysAgo('the record of the customer was created')
  createdDaysAgo?: IntFilter | null
}
