await new Promise((r) => setTimeout(r, 5));
throw Object.assign(new Error('after a while'), { code: 'E', extra: [1] });
