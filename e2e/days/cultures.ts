/** What differs between the two companies: language, place, and what is said there. */
export interface Culture {
  tenant: 'acme' | 'globex'
  /** Sent as Accept-Language. */
  language: 'en' | 'zh-CN'
  country: string
  currency: string
  timeZone: string
  languages: string[]
  /** The territory of the managers, of those who sell in it, and one that is none of theirs. */
  area: string
  territory: string
  elsewhere: string
  /** Every message that somebody is shown is written in this. */
  script: RegExp
  buyer: {
    familyName: string
    givenName: string
    phone: string
    half: string
    wrongHalf: string
    address: object
    label: string[]
  }
  prospect: { familyName: string; givenName: string; birthDate: string; phone: string }
  company: { legalName: string; registrationNumber: string; industry: string; contact: string }
  words: Record<
    | 'call'
    | 'visit'
    | 'report'
    | 'feedback'
    | 'followUp'
    | 'complaint'
    | 'again'
    | 'asked'
    | 'reply'
    | 'cause'
    | 'remedy'
    | 'thanks'
    | 'file'
    | 'holiday'
    | 'team'
    | 'survey'
    | 'segment',
    string
  >
}

export const acme: Culture = {
  tenant: 'acme',
  language: 'en',
  country: 'DE',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  languages: ['de', 'en'],
  area: 'emea',
  territory: 'emea/de',
  elsewhere: 'apac/cn',
  script: /^[^\p{Script=Han}]+$/u,
  buyer: {
    familyName: 'Schönfeld',
    givenName: 'Jörg',
    phone: '0170 5551234',
    half: '555 12',
    wrongHalf: '5559',
    address: { lines: ['Lindenallee 7'], city: 'Hamburg', region: 'Hamburg', postalCode: '20457', country: 'DE' },
    label: ['Lindenallee 7', '20457 Hamburg', 'Germany'],
  },
  prospect: { familyName: 'O’Brien', givenName: 'Siobhán', birthDate: '1987-03-09', phone: '0171 2223344' },
  company: {
    legalName: 'Möbelhaus Ostsee GmbH',
    registrationNumber: 'HRB 12345',
    industry: 'TRADE',
    contact: 'Ute Kranz',
  },
  words: {
    call: 'Asks for the price of ten desks 🪑',
    visit: 'Show the oak desk',
    report: 'Wants ten desks before Christmas.',
    feedback: 'The fitters were quick.',
    followUp: 'Send the offer for ten desks',
    complaint: 'The lamp arrived with a crack.',
    again: 'Called once more: the lamp has a crack.',
    asked: 'Could you send a picture?',
    reply: 'Here is the picture. الصورة هنا',
    cause: 'Too little padding in the box.',
    remedy: 'A new lamp and a voucher',
    thanks: 'Fine, thank you 🙂',
    file: 'offer – desks.txt',
    holiday: 'Works holiday',
    team: 'Complaints desk',
    survey: 'After a complaint',
    segment: 'Trade with open complaints',
  },
}

export const globex: Culture = {
  tenant: 'globex',
  language: 'zh-CN',
  country: 'CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  languages: ['zh', 'en'],
  area: 'apac',
  territory: 'apac/cn',
  elsewhere: 'emea/de',
  script: /\p{Script=Han}/u,
  buyer: {
    familyName: '欧阳',
    givenName: '静',
    phone: '139 1234 5678',
    half: '1234 56',
    wrongHalf: '1234 99',
    address: { lines: ['南京东路100号'], city: '上海', region: '上海市', postalCode: '200001', country: 'CN' },
    label: ['200001', '中国上海市', '南京东路100号'],
  },
  prospect: { familyName: '曾', givenName: '国强𠮷', birthDate: '1990-05-17', phone: '138 0013 8000' },
  company: {
    legalName: '华东木作有限公司',
    registrationNumber: '91310000MA1FL1234X',
    industry: 'MANUFACTURING',
    contact: '李采购',
  },
  words: {
    call: '询问十张办公桌的价格 🪑',
    visit: '展示橡木办公桌',
    report: '客户希望年底前采购十张办公桌。',
    feedback: '安装师傅很专业。',
    followUp: '发送十张办公桌的报价',
    complaint: '台灯送到时有裂纹。',
    again: '再次来电：台灯有裂纹。',
    asked: '能发一张照片吗？',
    reply: '照片已发。',
    cause: '包装缓冲不足。',
    remedy: '更换台灯并赠送优惠券',
    thanks: '可以，谢谢 🙂',
    file: '报价单—办公桌.txt',
    holiday: '公司假日',
    team: '投诉受理组',
    survey: '投诉后回访',
    segment: '制造业未结投诉',
  },
}
