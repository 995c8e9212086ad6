/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { AskForm } from './AskForm.tsx'

afterEach(cleanup)

test.each([
  { click: 'a click', detail: 1, stops: 1 },
  { click: 'the keyboard', detail: 0, stops: 1 },
  { click: 'the second click of a double click, whose first one sent the question', detail: 2, stops: 0 },
])('an answer is stopped by $click: $stops', ({ detail, stops }) => {
  let stopped = 0
  const ignore = () => undefined
  render(
    <AskForm
      models={[]}
      model={undefined}
      budget={undefined}
      text=""
      isAnswering
      accepted={false}
      onText={ignore}
      onModel={ignore}
      onAccept={ignore}
      onSend={ignore}
      onStop={() => (stopped += 1)}
    />,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }), { detail })
  expect(stopped).toBe(stops)
})
