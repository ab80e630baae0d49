import './second';
