/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { cleanup, render, screen } from '@testing-library/react'
import { ApiProblem } from '../data/api-problem.ts'
import { Failure } from './Failure.tsx'

afterEach(cleanup)

test.each([
  ['what does not exist', new ApiProblem(404, 'no-such-run', 'There is no run "x".'), 'All runs'],
  ['a task that is not recorded yet', new ApiProblem(404, 'not-recorded', 'Not yet.'), 'Try again'],
  ['a fault of the server', new ApiProblem(500, 'internal', 'Broken.'), 'Try again'],
  ['no answer', new ApiProblem(0, 'unreachable', 'No answer.'), 'Try again'],
])('%s: in the words of the server, with what can be done', (_, error, offer) => {
  render(<Failure title="The run cannot be shown" error={error} wayBack={<a href="/runs">All runs</a>} />)
  expect(screen.getByRole('alert').textContent).toBe(error.message)
  const offers = [...screen.queryAllByRole('link'), ...screen.queryAllByRole('button')]
  expect(offers.map(({ textContent }) => textContent)).toEqual([offer])
})
