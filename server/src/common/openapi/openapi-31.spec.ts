import { toOpenApi31 } from './openapi-31';

it('says null as a type, and leaves everything else as it was', () => {
  const document = {
    openapi: '3.0.0',
    info: { title: 't', version: '1' },
    paths: {},
    components: {
      schemas: {
        A: {
          type: 'object',
          properties: {
            text: { type: 'string', nullable: true },
            other: { allOf: [{ $ref: '#/components/schemas/B' }], nullable: true },
            typed: { type: 'object', allOf: [{ $ref: '#/components/schemas/B' }], nullable: true },
            listed: { type: 'string', enum: ['a', 'b'], nullable: true },
            plain: { type: 'integer', nullable: false },
          },
        },
      },
    },
  };
  const { openapi, components } = toOpenApi31(document);
  expect(openapi).toBe('3.1.0');
  expect(components?.schemas?.['A']).toEqual({
    type: 'object',
    properties: {
      text: { type: ['string', 'null'] },
      other: { anyOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }] },
      typed: { anyOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }] },
      listed: { type: ['string', 'null'], enum: ['a', 'b', null] },
      plain: { type: 'integer' },
    },
  });
});
