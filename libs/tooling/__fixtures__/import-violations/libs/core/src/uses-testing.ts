import '../../testing/src/index';
