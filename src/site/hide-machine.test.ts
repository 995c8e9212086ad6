import { describe, expect, test } from '@jest/globals'
import { createMachineHiding } from './hide-machine.ts'

const hide = createMachineHiding({
  paths: ['/home/ada', '/home/ada/arc/data/', '/'],
  addresses: ['http://gpu-box:8000/v1', 'https://llm.corp.example/v1'],
  variables: [
    { name: 'OPENROUTER_API_KEY', value: 'or-0123456789' },
    { name: 'LOCAL_KEY', value: 'none' },
  ],
})

describe('createMachineHiding', () => {
  test('hides what is known of the machine in every text, and changes nothing else', () => {
    expect(
      hide({
        text: 'print("/home/ada/arc/data/runs/x") # /home/adam, /usr/bin/env, http://localhost:1/, none of it',
        sent: ['to http://gpu-box:8000/v1', 'gpu-box:8000', 'https://llm.corp.example/v1/x', 'gpu-box'],
        keys: { a: 'or-0123456789', b: 'set OPENROUTER_API_KEY' },
        grid: [[1, 2]],
        none: null,
      }),
    ).toEqual({
      text: 'print("…/runs/x") # /home/adam, /usr/bin/env, http://localhost:1/, none of it',
      sent: ['to [address]', '[address]', '[address]/x', 'gpu-box'],
      keys: { a: '[key]', b: 'set [variable]' },
      grid: [[1, 2]],
      none: null,
    })
  })

  test('hides any path, address and key in what is not a model’s', () => {
    expect(
      hide({
        reason: "ENOSPC: no space left, open '/mnt/disk 2/runs/a.json' (http://10.0.0.1:80/v1, connect 127.0.0.1:8322)",
        rejected: 'Incorrect key sk-proj-0123456789abcdef; set CORP_API_KEY or GEMINI_FLASH',
        sandboxes: [{ level: 'bwrap', python: '/usr/bin/python3.11' }],
        damage: [{ file: '/srv/arc/x.json', message: 'as in /srv/arc/y.json', place: 'a/b' }],
        results: [{ message: 'no such file /etc/passwd' }],
      }),
    ).toEqual({
      reason: "ENOSPC: no space left, open '…/disk 2/runs/a.json' ([address], connect [address])",
      rejected: 'Incorrect key [key]; set [variable] or GEMINI_FLASH',
      sandboxes: [{ level: 'bwrap', python: '…/python3.11' }],
      damage: [{ file: '…/x.json', message: 'as in …/y.json', place: 'a/b' }],
      results: [{ message: 'no such file /etc/passwd' }],
    })
  })

  test('keeps every field, whatever its name', () => {
    const value: unknown = JSON.parse('{"__proto__": {"reason": "/a/b"}, "constructor": 1}')
    expect(JSON.stringify(hide(value))).toBe('{"__proto__":{"reason":"…/b"},"constructor":1}')
  })
})
