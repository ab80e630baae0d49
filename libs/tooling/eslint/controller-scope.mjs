const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Sse', 'All', 'Head', 'Options']);
const SCOPE = 'RequireScope';

function decoratorNames(node) {
  return (node.decorators ?? []).map(({ expression }) =>
    expression.type === 'CallExpression' ? expression.callee.name : expression.name,
  );
}

/** Every route says which scope it needs; a forgotten one would be open to every key. */
export const controllerScopeRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Each route of a controller declares its scope.' },
    messages: { missing: `Declare who may call this route: @${SCOPE}(…).` },
    schema: [],
  },
  create(context) {
    return {
      MethodDefinition(node) {
        const names = decoratorNames(node);
        const isRoute = names.some((name) => ROUTES.has(name));
        if (isRoute && !names.includes(SCOPE))
          context.report({ node: node.key, messageId: 'missing' });
      },
    };
  },
};
