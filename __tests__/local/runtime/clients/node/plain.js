console.log('at start');
console.error(new Error('x').message);
exports.handler = async () => {
  console.log('in hand');
  return __filename.length > 0;
};
