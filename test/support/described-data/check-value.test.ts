import { expect, test } from '@jest/globals'
import { createChecker } from './check-value.ts'
import { parsePage } from './parse-page.ts'

const sections = parsePage(`# A page

## Bill

- **Files** \`bills/NAME.json\`

| field           | type                         | meaning       |
| --------------- | ---------------------------- | ------------- |
| \`sum\`           | USD or null                  | what is owed  |
| \`to\`            | object                       | by whom       |
| \`to.name\`, \`to.town\` | text                    | who, where    |
| \`items\`         | [item](#item)[] by shop      | what for      |
| \`paid\`?         | boolean                      | absent before |

## Item

| field  | type             |
| ------ | ---------------- |
| \`kind\` | [kind](#kinds) |

## Kinds

| value   |
| ------- |
| \`bread\` |
`)
const bill = { sum: null, to: { name: 'Ada', town: 'London' }, items: { baker: [{ kind: 'bread' }] } }

function faultsOf(value: unknown): string[] {
  return createChecker(sections).check({ kind: 'section', anchor: 'bill' }, value, 'bill.json')
}

test('a value that matches the page has no fault', () => {
  expect(faultsOf(bill)).toEqual([])
})

test.each([
  [{ ...bill, tax: 1 }, 'bill.json.tax is not in the table of "Bill"'],
  [{ ...bill, sum: 'much' }, 'bill.json.sum is no USD: "much"'],
  [{ ...bill, to: { name: 'Ada' } }, 'bill.json.to.town is missing, which "Bill" has in its table'],
  [{ ...bill, to: { ...bill.to, age: 3 } }, 'bill.json.to.age is not in the table of "Bill"'],
  [
    { ...bill, items: { baker: [{ kind: 'nails' }] } },
    'bill.json.items["baker"][0].kind is "nails", which "Kinds" does not list',
  ],
  [{ ...bill, items: { baker: {} } }, 'bill.json.items["baker"] is no list'],
  [{ ...bill, paid: null }, 'bill.json.paid is no boolean: null'],
])('a fault names its file and field: %#', (value, fault) => {
  expect(faultsOf(value)).toEqual([fault])
})

test('a field of the page that no value had is reported', () => {
  const { check, listUnseen } = createChecker(sections)
  check({ kind: 'section', anchor: 'bill' }, bill, 'bill.json')
  expect(listUnseen()).toEqual(['Bill: paid'])
})
