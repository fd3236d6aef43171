import { type ComplaintSeverity, complaintSeverities, complaintSeverity, limits } from '@clientele/contracts'
import { Limited, Money, MoneyInput } from '@clientele/kit'
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(complaintSeverity.enum, {
  name: 'ComplaintSeverity',
  description: 'How grave a complaint is; its deadlines follow from it.',
  valuesConfig: complaintSeverities,
})

@ObjectType({ description: 'Amounts above which somebody has to approve.' })
export class ApprovalLimits {
  @Field(() => Money, {
    nullable: true,
    description:
      'Compensation of a complaint above which admin or manager tells the customer the decision, nobody else; so is one in another currency. Null where there is no limit.',
  })
  compensation!: Money | null
}

@InputType({ description: 'Amounts above which somebody has to approve; what is absent stays.' })
export class ApprovalLimitsInput {
  @Field(() => MoneyInput, {
    nullable: true,
    description:
      'Compensation of a complaint above which admin or manager tells the customer the decision, nobody else; so is one in another currency. Null takes the limit away.',
  })
  compensation?: MoneyInput | null
}

@ObjectType({ description: 'How often customers of a class are visited.' })
export class VisitCadence {
  @Field(() => String, { description: 'Key of the class of customers.' })
  customerClass!: string
  @Field(() => Int, { description: 'Days from one visit to the next.' })
  days!: number
}

@InputType({ description: 'How often customers of a class are visited.' })
export class VisitCadenceInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key of the class of customers.' })
  customerClass!: string
  @Limited(limits.cadenceDays)
  @Field(() => Int, { description: 'Days from one visit to the next.' })
  days!: number
}

@ObjectType({ description: 'How long complaints of a severity may take, in working hours of the default calendar.' })
export class ComplaintDeadline {
  @Field(() => complaintSeverity.enum, { description: 'How grave a complaint is.' })
  severity!: ComplaintSeverity
  @Field(() => Int, { description: 'Working hours until it is acknowledged.' })
  acknowledge!: number
  @Field(() => Int, { description: 'Working hours until the customer is told a decision.' })
  resolve!: number
}

@InputType({ description: 'How long complaints of a severity may take, in working hours of the default calendar.' })
export class ComplaintDeadlineInput {
  @Field(() => complaintSeverity.enum, { description: 'How grave a complaint is.' })
  severity!: ComplaintSeverity
  @Limited(limits.deadlineHours)
  @Field(() => Int, { description: 'Working hours until it is acknowledged.' })
  acknowledge!: number
  @Limited(limits.deadlineHours)
  @Field(() => Int, {
    description: `Working hours until the customer is told a decision: not less than \`acknowledge\`, and not more than the default calendar has in ${limits.deadlineWeeks.most} weeks.`,
  })
  resolve!: number
}

@ObjectType({ description: 'How the tenant shows itself to customers.' })
export class Branding {
  @Field(() => String, { nullable: true, description: 'Name that customers know it by; null where none was given.' })
  name!: string | null
  @Field(() => String, { nullable: true, description: 'Main colour as `#rrggbb`; null where none was given.' })
  color!: string | null
  @Field(() => String, { nullable: true, description: 'HTTPS address of the logo; null where none was given.' })
  logoUrl!: string | null
}

@InputType({ description: 'How the tenant shows itself to customers; what is absent stays, null clears.' })
export class BrandingInput {
  @Limited(limits.brandName)
  @Field(() => String, { nullable: true, description: 'Name that customers know it by.' })
  name?: string | null
  @Field(() => String, { nullable: true, description: 'Main colour as `#rrggbb`.' })
  color?: string | null
  @Field(() => String, { nullable: true, description: 'HTTPS address of the logo, in ASCII.' })
  logoUrl?: string | null
}
